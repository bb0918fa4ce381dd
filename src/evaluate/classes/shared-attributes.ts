import type { FunctionInfo } from '../calls/function-info.ts';
import type { HeapObject } from '../values/heap.ts';
import { join, NOTHING, type Value } from '../values/value.ts';

/**
 * Attributes that the project sets on objects of libraries: `g.user = …`, `request.tenant = …` in a middleware. Who reads them does not
 * have the same object at hand, so they are kept by the type of the object, whenever they are written.
 */
export class SharedAttributes {
  private readonly values = new Map<string, Value>();
  private readonly readers = new Map<string, Set<FunctionInfo>>();
  private readonly writers = new Map<FunctionInfo, Set<string>>();
  /** Functions that read something before a value from outside was written there. */
  readonly stale = new Set<FunctionInfo>();

  write(type: string, name: string, value: Value, isMarked: boolean, writer: FunctionInfo | undefined): void {
    const key = `${type}.${name}`;
    if (isMarked && writer) this.writers.set(writer, (this.writers.get(writer) ?? new Set()).add(key));
    this.values.set(key, join(this.values.get(key) ?? NOTHING, value));
    if (isMarked) this.outdate(key);
  }

  /** What a function wrote is known for more where it ends. */
  refine(writer: FunctionInfo, mark: (value: Value) => Value): void {
    for (const key of this.writers.get(writer) ?? []) this.values.set(key, mark(this.values.get(key) ?? NOTHING));
  }

  /** Something from outside was put into an object that keeps what is put into it. */
  contentMarked(content: HeapObject): void {
    content.marks++;
    this.outdate(`#${content.id}`);
  }

  /** `running` is what reads it now, from the function that was being looked at on its own. */
  contentRead(content: HeapObject, running: readonly FunctionInfo[]): void {
    this.note(`#${content.id}`, running[0]);
    this.note(`#${content.id}`, running.at(-1));
  }

  private outdate(key: string): void {
    for (const reader of this.readers.get(key) ?? []) this.stale.add(reader);
  }

  private note(key: string, reader: FunctionInfo | undefined): void {
    if (!reader) return;
    const readers = this.readers.get(key) ?? new Set<FunctionInfo>();
    this.readers.set(key, readers);
    readers.add(reader);
  }

  /** `root` is the function that was being looked at on its own. */
  read(type: string, name: string, root: FunctionInfo | undefined): Value | undefined {
    const key = `${type}.${name}`;
    this.note(key, root);
    return this.values.get(key);
  }
}
