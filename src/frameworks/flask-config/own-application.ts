import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Span } from '../../ir/nodes.ts';

/** `class Shop(Flask)`: a class of the project whose instances are applications. */
export function extendsFlask(info: ClassInfo): boolean {
  return ancestors(info).some(
    (one) => one.kind === 'library' && /^(?:flask|quart|apiflask)\.(?:\w+\.)*(?:Flask|Quart|APIFlask)$/.test(one.name),
  );
}

/** What stands for the application that such a class is: the class of the project nearest to Flask, wherever it is called. */
export function ownApplication(info: ClassInfo): Span {
  const own = ancestors(info).flatMap((one) => (one.kind === 'class' && extendsFlask(one.info) ? [one.info.node] : []));
  return own.at(-1) ?? info.node;
}
