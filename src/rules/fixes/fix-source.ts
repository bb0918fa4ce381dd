/** A change that mends a setting, as `report.fix` of a rule describes it. */
export type FixSource =
  /** The setting gets this value, written in Python; it is added where it is missing. */
  | { readonly set: string }
  /** The statement that sets it goes. */
  | { readonly delete: true }
  /** The list gets this string: `first`, `last`, or behind the first of these that is in it. */
  | { readonly insert: string; readonly after?: readonly string[]; readonly at: 'first' | 'last' }
  /** The default of what is read from the environment goes, or is turned off. */
  | { readonly default: 'none' | 'off' };
