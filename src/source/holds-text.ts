import { extensionOf } from './file-kind.ts';
import type { SourceFile } from './source-file.ts';

/** Whether a file may hold text that a person or a tool wrote into the project. What this lets through may still turn out to be none. */
export function mayHoldText(file: SourceFile): boolean {
  if (file.kind !== 'other') return true;
  const name = file.path.slice(file.path.lastIndexOf('/') + 1).toLowerCase();
  return !NO_TEXT.has(extensionOf(name)) && !BUNDLE.test(name);
}

/** Pictures, fonts, sounds, archives and what programs compiled; styles and translations, which are text and nothing that is ever configured. */
const NO_TEXT: ReadonlySet<string> = new Set(
  (
    '.png .jpg .jpeg .gif .webp .ico .icns .bmp .tif .tiff .psd .ai .svg .woff .woff2 .ttf .otf .eot .mp3 .mp4 .webm .ogg .wav .mov .avi ' +
    '.pdf .doc .docx .xls .xlsx .ppt .pptx .odt .zip .gz .tgz .bz2 .xz .7z .rar .tar .jar .whl .egg .pyc .pyo .so .dll .dylib .exe .class .wasm ' +
    '.db .sqlite .sqlite3 .mo .po .pot .css .scss .sass .less .map'
  ).split(' '),
);
/** Made by a bundler out of what stands elsewhere. */
const BUNDLE = /[.-]min\.\w+$/;
