/** Lines around a change that are shown, as `diff -u` does. */
const CONTEXT = 3;
/** Lines on each side that are compared one by one; beyond, everything between the first and the last difference counts as changed. */
const MAX_COMPARED = 4000;

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** The difference of two texts in the form that `patch` and `git apply` read; empty where there is none. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const lines = compare(linesOf(before), linesOf(after));
  const hunks: string[] = [];
  for (const [start, end] of ranges(lines)) {
    const shown = lines.slice(start, end);
    const oldStart = lines.slice(0, start).filter(({ sign }) => sign !== '+').length;
    const newStart = lines.slice(0, start).filter(({ sign }) => sign !== '-').length;
    const [oldCount, newCount] = [shown.filter(({ sign }) => sign !== '+').length, shown.filter(({ sign }) => sign !== '-').length];
    const place = (at: number, count: number): string => `${count === 0 ? at : at + 1}${count === 1 ? '' : `,${count}`}`;
    hunks.push(`@@ -${place(oldStart, oldCount)} +${place(newStart, newCount)} @@\n${shown.map(shownLine).join('')}`);
  }
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function shownLine({ sign, text }: Line): string {
  return text.endsWith('\n') ? `${sign}${text}` : `${sign}${text}\n\\ No newline at end of file\n`;
}

/** The longest common lines stay; the rest is taken out and put in. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < before.length - start && tail < after.length - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const [old, fresh] = [before.slice(start, before.length - tail), after.slice(start, after.length - tail)];
  const line =
    (sign: Line['sign']) =>
    (text: string): Line => ({ sign, text });
  const middle =
    old.length * fresh.length > MAX_COMPARED * MAX_COMPARED ? [...old.map(line('-')), ...fresh.map(line('+'))] : common(old, fresh);
  return [...before.slice(0, start).map(line(' ')), ...middle, ...before.slice(before.length - tail).map(line(' '))];
}

function common(old: readonly string[], fresh: readonly string[]): readonly Line[] {
  const width = fresh.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--)
      lengths[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [one, other] = [old[i], fresh[j]];
    if (one !== undefined && one === other) {
      lines.push({ sign: ' ', text: one });
      i++;
      j++;
    } else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: one });
      i++;
    } else if (other !== undefined) {
      lines.push({ sign: '+', text: other });
      j++;
    }
  }
  return lines;
}

/** Changes with what is around them, those that touch taken together. */
function ranges(lines: readonly Line[]): readonly (readonly [start: number, end: number])[] {
  const found: [number, number][] = [];
  lines.forEach(({ sign }, at) => {
    if (sign === ' ') return;
    const [start, end] = [Math.max(0, at - CONTEXT), Math.min(lines.length, at + CONTEXT + 1)];
    const last = found.at(-1);
    if (last && start <= last[1]) last[1] = end;
    else found.push([start, end]);
  });
  return found;
}
