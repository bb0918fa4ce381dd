import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { collect } from '../../src/source/collect.ts';
import { type ReadResult, readSource } from '../../src/source/read-source.ts';
import { fileIn, makeTree } from './tree.ts';

function read(content: string | Buffer, name = 'a.py'): ReadResult {
  return readSource(fileIn(collect({ root: makeTree({ [name]: content }) }), name));
}

function bytes(...parts: (string | readonly number[])[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
}

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('text', () => {
  it('is UTF-8 with or without a byte order mark, which is removed', () => {
    expect(read('x = "ä€😀"\n')).toMatchObject({ text: { text: 'x = "ä€😀"\n' } });
    expect(read('\uFEFFx = "ä"')).toEqual({ text: expect.objectContaining({ text: 'x = "ä"' }) });
    expect(read('\uFEFF# coding: utf-8\nx = "ä"').gap).toBeUndefined();
    expect(read('')).toEqual({ text: expect.objectContaining({ text: '' }) });
  });

  it('keeps its line ends', () => {
    expect(read('a\r\nb\rc\n').text?.text).toBe('a\r\nb\rc\n');
  });

  it('is UTF-16 when a byte order mark says so', () => {
    expect(read(Buffer.from('\uFEFFx = "ä"\r\n', 'utf16le'))).toEqual({ text: expect.objectContaining({ text: 'x = "ä"\r\n' }) });
    expect(read(utf16be('\uFEFFx = "ä"'), 'page.html')).toEqual({ text: expect.objectContaining({ text: 'x = "ä"' }) });
  });

  it.each([
    ['latin-1', [0xe4, 0x85], 'ä\x85'],
    ['iso-8859-15', [0xa4], '€'],
    ['ISO_8859_1', [0xe4], 'ä'],
    ['cp1252', [0x80], '€'],
    ['windows-1251', [0xc4], 'Д'],
    ['koi8-r', [0xe4], 'Д'],
    ['gbk', [0xc4, 0xe3], '你'],
    ['gb2312', [0xc4, 0xe3], '你'],
    ['euc-jp', [0xc6, 0xfc], '日'],
    ['shift_jis', [0x93, 0xfa], '日'],
    ['cp932', [0x93, 0xfa], '日'],
    ['big5', [0xa7, 0x41], '你'],
    ['euc_kr', [0xb0, 0xa1], '가'],
    ['utf-8-sig', [0xc3, 0xa4], 'ä'],
    ['utf8', [0xc3, 0xa4], 'ä'],
    ['utf', [0xc3, 0xa4], 'ä'],
    ['mac-roman', [0x8a], 'ä'],
  ])('is decoded by the declared encoding %s', (encoding, character, expected) => {
    const result = read(bytes(`# -*- coding: ${encoding} -*-\nx = "`, character, '"\n'));
    expect(result).toEqual({ text: expect.objectContaining({ text: `# -*- coding: ${encoding} -*-\nx = "${expected}"\n` }) });
  });

  it('heeds a declaration in the second line, and only where Python does', () => {
    expect(read(bytes('#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\nx = "', [0xe4], '"')).text?.text).toContain('"ä"');
    expect(read(bytes('\r\n# coding=latin-1\r\nx = "', [0xe4], '"')).text?.text).toContain('"ä"');
    expect(read(bytes('x = 1\n# coding: latin-1\ny = "', [0xe4], '"')).gap?.reason).toBe('encoding');
    expect(read(bytes('#\n#\n# coding: latin-1\ny = "', [0xe4], '"')).gap?.reason).toBe('encoding');
    expect(read(bytes('s = "coding: latin-1', [0xe4], '"')).gap?.reason).toBe('encoding');
  });

  it('of a template is not decoded by what a comment says', () => {
    expect(read(bytes('# coding: latin-1\n', [0xe4]), 'page.html').gap?.reason).toBe('encoding');
  });
});

describe('a file whose encoding does not fit is audited all the same, with a gap', () => {
  it('for bytes that are not UTF-8', () => {
    const result = read(bytes('a = 1\nb = "', [0xe4], '"\nc = 3\n'));
    expect(result.text?.text).toBe('a = 1\nb = "\uFFFD"\nc = 3\n');
    expect(result.gap).toEqual({
      path: 'a.py',
      reason: 'encoding',
      detail: 'holds bytes that are not UTF-8; they are read as U+FFFD',
      line: 2,
    });
  });

  it('for a declaration that nobody knows', () => {
    const result = read('#!/usr/bin/python\n# coding: klingon\nx = "ä"\n');
    expect(result.text?.text).toContain('x = "ä"');
    expect(result.gap).toEqual({
      path: 'a.py',
      reason: 'encoding',
      detail: 'declares the encoding “klingon”, which is not known',
      line: 2,
    });
    expect(read(bytes('# coding: utf-7\nx = "', [0xe4], '"')).text?.text).toContain('"ä"');
  });

  it('for a declaration that the bytes contradict', () => {
    expect(read(bytes('# coding: euc-jp\nx = "', [0xc6], '"\n')).gap).toMatchObject({ reason: 'encoding', line: 2 });
    expect(read(bytes('# coding: utf-8\nx = "', [0xe4], '"\n')).gap).toMatchObject({ reason: 'encoding', line: 2 });
    const ascii = read('# coding: ascii\nx = "ä"\n');
    expect(ascii.text?.text).toContain('"ä"');
    expect(ascii.gap).toMatchObject({ reason: 'encoding', line: 1 });
    expect(read('\uFEFF# coding: latin-1\nx = "ä"\n').gap).toMatchObject({
      reason: 'encoding',
      detail: expect.stringContaining('byte order mark'),
    });
  });
});

describe('what is no text', () => {
  it.each([
    ['NUL bytes', bytes('x = 1\n', [0], 'y = 2\n')],
    ['a compiled module', bytes([0xcb, 0x0d, 0x0d, 0x0a, 0, 0, 0, 0], 'code')],
    ['a picture', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 0x0d], 'IHDR')],
    ['compressed data', Buffer.from(Array.from({ length: 2000 }, (_, index) => ((index * 7919) % 255) + 1))],
    ['UTF-16 without a mark', Buffer.from('x = 1\n', 'utf16le')],
  ])('has a gap and no text: %s', (_name, content) => {
    expect(read(content)).toEqual({ gap: { path: 'a.py', reason: 'binary', detail: expect.any(String) } });
  });

  it('is not every text in an encoding that nobody declared', () => {
    const cyrillic = bytes(
      '# ',
      Array.from({ length: 400 }, (_, index) => 0xc0 + (index % 32)),
      '\nx = 1\n',
    );
    expect(read(cyrillic).text?.text).toContain('x = 1');
  });
});

it('a file that grew beyond the limit after it was listed is not read', () => {
  const file = fileIn(collect({ root: makeTree({ 'a.py': 'x = 1' }) }), 'a.py');
  const limits = {
    ...{ pythonBytes: 3, otherBytes: 3, dependencyBytes: 3, depth: 1, files: 1, otherFiles: 1, shebangProbes: 1 },
    ignoreFileBytes: 1,
    ignorePatterns: 1,
  };
  expect(readSource(file, limits).gap).toEqual({ path: 'a.py', reason: 'too-large', detail: expect.stringContaining('5 bytes') });
});
