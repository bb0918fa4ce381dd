import type { TemplateExpr, TemplateNode } from '../../ir/template.ts';

/** Whether a filter leaves nothing to escape in what it gives, by its name. */
export type FilterTest = (name: string) => boolean;

/** Names of what is passed that a page prints, in no block that escapes. */
export function namesPrinted(nodes: readonly TemplateNode[], isEscaping: FilterTest): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes)
    switch (node.kind) {
      case 'print':
        addRoots(node.value, isEscaping, names);
        break;
      case 'if':
        for (const { body } of node.branches) for (const name of namesPrinted(body, isEscaping)) names.add(name);
        break;
      case 'for': {
        const inside = namesPrinted([...node.body, ...node.otherwise], isEscaping);
        if (node.names.some((name) => inside.has(name))) addRoots(node.iterable, isEscaping, names);
        for (const name of inside) if (!node.names.includes(name)) names.add(name);
        break;
      }
      case 'with':
      case 'block':
        for (const name of namesPrinted(node.body, isEscaping)) names.add(name);
        break;
      default:
    }
  return names;
}

/** Adds the names that an expression takes its text from. */
function addRoots(expr: TemplateExpr, isEscaping: FilterTest, names: Set<string>): void {
  switch (expr.kind) {
    case 'name':
      names.add(expr.id);
      return;
    case 'look-up':
    case 'item':
      addRoots(expr.object, isEscaping, names);
      return;
    case 'filter':
      if (!isEscaping(expr.name)) addRoots(expr.value, isEscaping, names);
      return;
    case 'choice':
      for (const option of expr.options) addRoots(option, isEscaping, names);
      return;
    case 'joined':
      for (const part of expr.parts) addRoots(part, isEscaping, names);
      return;
    default:
      return;
  }
}
