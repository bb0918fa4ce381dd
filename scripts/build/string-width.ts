import { stripVTControlCharacters } from 'node:util';

/**
 * Takes the place of the package `string-width` in the bundle. yargs lays out the help with it, and ours is all narrow characters;
 * the package starts with a text segmenter and emoji tables, which cost every start a quarter of its time.
 */
export default function stringWidth(text: string): number {
  return stripVTControlCharacters(text).length;
}
