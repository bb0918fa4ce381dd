import { describe, expect, it } from 'vitest';
import { forEachChild, type IrNode, isStmt, walkUnit } from '../../src/ir/walk.ts';
import { python } from './printed.ts';
import { SAMPLE } from './sample.ts';

/** Every object in the IR that has a span and a kind of expression or statement, found without knowing the IR. */
function allNodes(value: unknown, found: Set<unknown> = new Set()): Set<unknown> {
  if (Array.isArray(value)) for (const item of value) allNodes(item, found);
  else if (typeof value === 'object' && value !== null) {
    if ('kind' in value && 'start' in value) found.add(value);
    for (const item of Object.values(value)) allNodes(item, found);
  }
  return found;
}

const PATTERN_KINDS = new Set(['value', 'capture', 'sequence', 'star', 'mapping', 'class', 'or', 'as']);

describe('walk', () => {
  const unit = python.lower(SAMPLE);

  it('visits every statement and expression once', () => {
    const visited: IrNode[] = [];
    walkUnit(unit, (node) => {
      visited.push(node);
      return undefined;
    });
    const expected = [...allNodes(unit.body)].filter((node) => {
      const { kind } = node as { kind: string };
      return !PATTERN_KINDS.has(kind) || (kind === 'class' && 'decorators' in (node as object));
    });
    expect(new Set(visited)).toEqual(new Set(expected));
    expect(visited).toHaveLength(expected.length);
  });

  it('leaves out what is inside a node when told to', () => {
    const names: string[] = [];
    walkUnit(python.lower('a\ndef f(): b\nclass C:\n  c\nd'), (node) => {
      if (node.kind === 'name') names.push(node.id);
      return node.kind !== 'function';
    });
    expect(names).toEqual(['a', 'c', 'd']);
  });

  it('tells unknown statements from unknown expressions', () => {
    const [stmt] = python.lower('f(a b)\nx = `y`').body;
    expect(stmt && isStmt(stmt)).toBe(true);
    const kinds: [string, boolean][] = [];
    walkUnit(python.lower('f(a b)\nx = `y`'), (node) => {
      if (node.kind === 'unknown') kinds.push([node.kind, isStmt(node)]);
      return undefined;
    });
    expect(kinds).toEqual([
      ['unknown', true],
      ['unknown', false],
    ]);
  });

  it('goes through a call in the order of the source', () => {
    const [stmt] = python.lower('f(a, *b, c=d, **e)').body;
    const names: string[] = [];
    if (stmt?.kind === 'expression') forEachChild(stmt.value, (child) => child.kind === 'name' && names.push(child.id));
    expect(names).toEqual(['f', 'a', 'b', 'd', 'e']);
  });
});
