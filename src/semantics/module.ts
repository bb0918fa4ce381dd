import type { Span, Unit } from '../ir/nodes.ts';
import type { SourceFile } from '../source/source-file.ts';

/** A Python file of the project as a module: its IR, its dotted names, its place. */
export interface Module {
  readonly file: SourceFile;
  readonly path: string;
  /** The dotted name by which it is known in reports: the shortest by which it can be imported. */
  readonly name: string;
  readonly isPackage: boolean;
  readonly unit: Unit;
  /** The decoded text, for source excerpts of expressions. */
  readonly text: string;
  /** Of a text that the program puts together, which is in no file: where it is used. */
  readonly used?: { readonly module: Module; readonly node: Span };
}
