/**
 * The encoding that a Python file declares in its first two lines, as PEP 263 reads it: `-*- coding: latin-1 -*-`,
 * `vim: set fileencoding=koi8-r :`. `undefined` without one. https://peps.python.org/pep-0263/
 */
export function declaredEncoding(head: string): string | undefined {
  const lines = head.slice(0, LONGEST_HEAD).split(/\r\n|\r|\n/, 2);
  const first = lines[0] ?? '';
  const inFirst = COOKIE.exec(first)?.[1];
  if (inFirst !== undefined) return inFirst;
  // A second line counts only after a first that is blank or a comment.
  return /^[ \t\f]*(?:#|$)/.test(first) ? COOKIE.exec(lines[1] ?? '')?.[1] : undefined;
}

/** Two lines of a comment; a cookie further right is not one that an editor wrote. */
const LONGEST_HEAD = 2000;
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** How to decode: by Node's own byte-per-character decoders, or by `TextDecoder` under a label of the Encoding Standard. */
export type Decoder = 'utf-8' | 'ascii' | 'latin-1' | 'windows-1252' | { readonly label: string };

/** The decoder for a Python encoding name, or `undefined` for a name that Python (or Node) does not know. */
export function decoderFor(pythonName: string): Decoder | undefined {
  const name = pythonName.toLowerCase().replaceAll('_', '-');
  // The tokenizer itself accepts these with any ending, such as `utf-8-unix` and `latin-1-dos` that Emacs writes.
  if (/^(?:utf-?8|u8|cp65001)(?:-|$)/.test(name) || name === 'utf') return 'utf-8';
  if (/^(?:latin-?1|iso-8859-1|iso-latin-1)(?:-|$)/.test(name)) return 'latin-1';
  const plain = name.replace(/-(?:unix|dos|mac)$/, '');
  if (ASCII.has(plain)) return 'ascii';
  if (LATIN_1.has(plain)) return 'latin-1';
  if (WINDOWS_1252.has(plain)) return 'windows-1252';
  const label = LABELS.get(plain) ?? byFamily(plain);
  return label === undefined ? undefined : { label };
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** https://docs.python.org/3/library/codecs.html#standard-encodings */
const ASCII = words('ascii us-ascii 646');
const LATIN_1 = words('iso8859-1 8859 cp819 latin l1');
const WINDOWS_1252 = words('cp1252 windows-1252 windows1252 1252');

/**
 * Python names whose label in the Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels) is another word.
 * The multi-byte decoders of the standard read a superset of what Python's do, which cannot turn right text into wrong.
 */
const LABELS: ReadonlyMap<string, string> = new Map([
  ...names(
    'shift_jis',
    'shift-jis shiftjis sjis s-jis csshiftjis cp932 932 ms932 mskanji ms-kanji windows-31j shift-jis-2004 sjis-2004 shift-jisx0213',
  ),
  ...names('euc-jp', 'euc-jp eucjp ujis u-jis euc-jis-2004 euc-jisx0213'),
  ...names('iso-2022-jp', 'iso-2022-jp iso2022-jp iso2022jp csiso2022jp'),
  ...names('euc-kr', 'euc-kr euckr korean ksc5601 ks-c-5601 ks-c-5601-1987 ksx1001 ks-x-1001 cp949 949 ms949 uhc'),
  ...names('gbk', 'gbk cp936 936 ms936 gb2312 chinese csiso58gb231280 euc-cn euccn eucgb2312-cn gb2312-1980 gb2312-80'),
  ...names('gb18030', 'gb18030 gb18030-2000'),
  ...names('big5', 'big5 big5-tw csbig5 cp950 950 ms950 big5hkscs big5-hkscs hkscs'),
  ...names('koi8-r', 'koi8-r cskoi8r'),
  ...names('koi8-u', 'koi8-u'),
  ...names('macintosh', 'mac-roman macroman macintosh'),
  ...names('x-mac-cyrillic', 'mac-cyrillic maccyrillic'),
  ...names('windows-874', 'cp874 tis-620 tis620 tis-620-0 iso-8859-11 iso8859-11 thai'),
  ...names('ibm866', 'cp866 866 ibm866'),
  ...names('iso-8859-2', 'latin2 latin-2 l2'),
  ...names('iso-8859-3', 'latin3 latin-3 l3'),
  ...names('iso-8859-4', 'latin4 latin-4 l4'),
  ...names('iso-8859-5', 'cyrillic'),
  ...names('iso-8859-6', 'arabic'),
  ...names('iso-8859-7', 'greek greek8'),
  ...names('iso-8859-8', 'hebrew'),
  ...names('windows-1254', 'latin5 latin-5 l5 iso-8859-9 iso8859-9'),
  ...names('iso-8859-10', 'latin6 latin-6 l6'),
  ...names('iso-8859-13', 'latin7 latin-7 l7'),
  ...names('iso-8859-14', 'latin8 latin-8 l8'),
  ...names('iso-8859-15', 'latin9 latin-9 l9'),
]);

function names(label: string, pythonNames: string): [string, string][] {
  return pythonNames.split(' ').map((name) => [name, label]);
}

/** `cp1251`, `windows-1251`, `1251`; `iso8859-5`, `iso-8859-5`. */
function byFamily(name: string): string | undefined {
  const windows = /^(?:cp|windows-?)?(125[013-8])$/.exec(name)?.[1];
  if (windows !== undefined) return `windows-${windows}`;
  const iso = /^iso-?8859-(\d+)$/.exec(name)?.[1];
  return iso !== undefined && ISO_PARTS.has(iso) ? `iso-8859-${iso}` : undefined;
}

/** The parts that have a decoder of their own; 1, 9 and 11 are above. */
const ISO_PARTS = words('2 3 4 5 6 7 8 10 13 14 15');
