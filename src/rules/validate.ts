import type { ErrorObject } from 'ajv';
import { didYouMean } from '../util/nearest.ts';
import { UserError } from '../util/user-error.ts';
import { isRegex } from './name-match.ts';
import { isObject, type Json, type Schema } from './term.ts';

type Validate = ((value: unknown) => boolean) & { errors?: ErrorObject[] | null };
const compiled = new Map<string, Validate>();

/** Checks JSON against a schema. @throws UserError with file, JSON pointer, and the nearest known key for unknown ones. */
export async function validateJson(file: string, json: unknown, schema: Schema): Promise<void> {
  const id = String(schema.$id);
  let validate = compiled.get(id);
  if (!validate) {
    // Only packs that are not built in are validated at run time; the validator is not loaded otherwise.
    const { Ajv2020 } = await import('ajv/dist/2020.js');
    const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, formats: { re2: isRegex } });
    validate = ajv.compile(schema) as Validate;
    compiled.set(id, validate);
  }
  if (validate(json)) return;
  const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'oneOf' && error.keyword !== 'const');
  const shown = errors.length > 0 ? errors : (validate.errors ?? []);
  throw new UserError([...new Set(shown.map((error) => `${file}: ${error.instancePath || '/'}: ${describe(error)}`))].slice(0, 10));
}

function describe(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty);
      const known = isObject(error.parentSchema?.properties as Json) ? Object.keys(error.parentSchema?.properties as object) : [];
      return `unknown key “${key}”.${didYouMean(key, known)}`;
    }
    case 'required':
      return `the key “${String(error.params.missingProperty)}” is missing.`;
    case 'enum':
      return `must be one of ${(error.params.allowedValues as readonly unknown[]).join(', ')}.`;
    case 'format':
      return `“${String(error.data)}” is no regular expression of RE2, which knows neither look-around nor back-references.`;
    default:
      return `${error.message ?? 'is not valid'}.`;
  }
}
