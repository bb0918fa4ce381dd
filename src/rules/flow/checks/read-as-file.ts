import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Span, Stmt } from '../../../ir/nodes.ts';
import { type IrNode, walk } from '../../../ir/walk.ts';
import { childBlocks } from '../../../semantics/scope.ts';
import { encloses } from '../../../util/encloses.ts';

/** What files that were sent have, and neither texts nor paths. https://docs.djangoproject.com/en/stable/ref/files/uploads/#uploaded-files */
const OF_FILES = /^(?:_get_name|chunks|content_type|file|filename|read|readline|seek|size|temporary_file_path)$/;

/**
 * Whether a variable was read as a file before it is used: `the_file.size`. A text has no such attribute, and the function would have ended there,
 * so that it is the file which is opened, and no name that chooses one.
 */
export function isReadAsFileBefore(info: FunctionInfo | undefined, argument: Span | undefined, use: IrNode): boolean {
  const name = argument && nameAt(use, argument);
  return info?.node.kind === 'function' && name !== undefined && isReadIn(info.node.body, name, use, false);
}

/** The variable that an argument is, and nothing else. */
function nameAt(call: IrNode, argument: Span): string | undefined {
  let name: string | undefined;
  walk(call, (one) => {
    if (one.kind === 'name' && one.end === argument.end && one.start >= argument.start) name = one.id;
    return encloses(one, argument);
  });
  return name;
}

function isReadIn(block: readonly Stmt[], name: string, use: Span, isRead: boolean): boolean {
  let isFile = isRead;
  for (const statement of block) {
    if (encloses(statement, use)) {
      const inner = childBlocks(statement).find((one) => one.some((child) => encloses(child, use)));
      return inner ? isReadIn(inner, name, use, isFile) : isFile;
    }
    // It is something else from there on.
    if (isSetIn(statement, name)) isFile = false;
    else if (childBlocks(statement).length === 0 && readsAsFile(statement, name)) isFile = true;
  }
  return false;
}

function isSetIn(statement: Stmt, name: string): boolean {
  let isSet = false;
  walk(statement, (one) => {
    if (one.kind === 'assign' && one.targets.some((target) => target.kind === 'name' && target.id === name)) isSet = true;
    return !isSet;
  });
  return isSet;
}

function readsAsFile(statement: Stmt, name: string): boolean {
  let isRead = false;
  walk(statement, (one) => {
    if (one.kind === 'attribute' && one.object.kind === 'name' && one.object.id === name && OF_FILES.test(one.name)) isRead = true;
    return !isRead && one.kind !== 'function';
  });
  return isRead;
}
