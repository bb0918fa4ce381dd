import pc from 'picocolors';
import { printableLine } from '../report/printable.ts';
import { changesThings, type ListedRoute } from './listed-route.ts';
import type { Look } from './terminal.ts';
import { clip } from './wrap.ts';

const TITLES = ['METHODS', 'PATH', 'VIEW', 'LOGIN', 'CSRF', 'FINDINGS'] as const;
/** Columns that give way where the terminal is narrow, the first one first, and how little is still worth reading. */
const SHRINKS: readonly (readonly [column: number, least: number])[] = [
  [2, 18],
  [3, 16],
  [1, 28],
];
const GAP = 2;

/** The routes for people: one line each, what is open stands out. `total` counts those that filters left out as well. */
export function routesTable(routes: readonly ListedRoute[], total: number, { color, width }: Pick<Look, 'color' | 'width'>): string {
  const rows = routes.map(cellsOf);
  const widths = TITLES.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  let excess = width > 0 ? widths.reduce((sum, one) => sum + one + GAP, -GAP) - width : 0;
  for (const [column, least] of SHRINKS) {
    const cut = Math.min(Math.max(0, excess), Math.max(0, (widths[column] ?? 0) - least));
    widths[column] = (widths[column] ?? 0) - cut;
    excess -= cut;
  }
  const paint = pc.createColors(color);
  const lines = routes.length === 0 ? [] : [paint.bold(line([...TITLES], widths))];
  for (const [at, route] of routes.entries()) {
    const login =
      route.login.state === 'none'
        ? changesThings(route)
          ? paint.red
          : paint.yellow
        : route.login.state === 'partly'
          ? paint.yellow
          : plain;
    const csrf = route.csrf.state === 'off' ? paint.yellow : plain;
    lines.push(line(rows[at] ?? [], widths, [plain, paint.bold, plain, login, csrf, paint.red]));
  }
  return `${[...lines, ...(lines.length > 0 ? [''] : []), summary(routes, total)].join('\n')}\n`;
}

function plain(text: string): string {
  return text;
}

function line(cells: readonly string[], widths: readonly number[], paints: readonly ((text: string) => string)[] = []): string {
  const last = cells.length - 1;
  return cells
    .map((cell, at) => {
      const room = widths[at] ?? 0;
      // Of a dotted name the end tells most.
      const shown = at === 2 && cell.length > room ? `…${cell.slice(cell.length - room + 1)}` : at === last ? cell : clip(cell, room);
      return (paints[at] ?? plain)(at === last ? shown : shown.padEnd(room));
    })
    .join(' '.repeat(GAP))
    .trimEnd();
}

function cellsOf(route: ListedRoute): readonly string[] {
  const path = route.mounted ? route.path : `${route.path} (not registered)`;
  return [
    route.methods.includes('*') ? 'any' : route.methods.join(' '),
    path,
    route.view,
    loginText(route),
    { on: 'on', off: 'off', 'not-needed': '–', unknown: '?' }[route.csrf.state],
    route.findings.length === 0 ? '–' : route.findings.join(', '),
  ].map(printableLine);
}

function loginText({ login: { state, by } }: ListedRoute): string {
  switch (state) {
    case 'required':
      return by;
    case 'partly':
      return `partly: ${by}`;
    case 'none':
      return by === '' ? 'none' : `none: ${by}`;
    case 'unknown':
      return '?';
  }
}

function summary(routes: readonly ListedRoute[], total: number): string {
  if (total === 0) return 'No routes were found here.';
  const count = (state: ListedRoute['login']['state']): number => routes.filter(({ login }) => login.state === state).length;
  const open = routes.filter((route) => route.login.state === 'none' && changesThings(route)).length;
  const parts = [
    `${count('required')} need a login`,
    ...(count('partly') > 0 ? [`${count('partly')} in part`] : []),
    `${count('none')} do not${open > 0 ? `, ${open} of them answer${open === 1 ? 's' : ''} methods that change things` : ''}`,
    ...(count('unknown') > 0 ? [`${count('unknown')} not known`] : []),
  ];
  const shown = routes.length === total ? `${total} ${total === 1 ? 'route' : 'routes'}` : `${routes.length} of ${total} routes`;
  const byFormat = routes.filter(({ alsoAt }) => alsoAt.length > 0).length;
  const also = byFormat === 0 ? '' : `\n${byFormat} of them answer with .<format> behind their path as well`;
  return routes.length === 0 ? `${shown}.` : `${shown}: ${parts.join(' · ')}${also}`;
}
