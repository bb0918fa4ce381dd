import { positional } from '../../../evaluate/calls/arguments.ts';
import type { Check } from '../../../evaluate/checks/check.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { truthOf } from '../../../evaluate/values/truth.ts';
import type { Atom, CallOrigin, Site, Value } from '../../../evaluate/values/value.ts';

/** Patterns are looked for from the start of the text, or anywhere in it. */
const BY_PATTERN: ReadonlyMap<string, 're.match' | 're.search'> = new Map([
  // https://wtforms.readthedocs.io/en/stable/validators/#wtforms.validators.Regexp
  ['wtforms.validators.Regexp', 're.match'],
  ['wtforms.validators.regexp', 're.match'],
  // https://marshmallow.readthedocs.io/en/stable/marshmallow.validate.html#marshmallow.validate.Regexp
  ['marshmallow.validate.Regexp', 're.match'],
  // https://docs.djangoproject.com/en/stable/ref/validators/#regexvalidator
  ['django.core.validators.RegexValidator', 're.search'],
  // https://docs.djangoproject.com/en/stable/ref/forms/fields/#regexfield
  ['django.forms.RegexField', 're.search'],
  // https://www.django-rest-framework.org/api-guide/fields/#regexfield
  ['rest_framework.serializers.RegexField', 're.search'],
]);

/** The argument that holds what is let through. */
const BY_LIST: ReadonlyMap<string, string> = new Map([
  // https://wtforms.readthedocs.io/en/stable/validators/#wtforms.validators.AnyOf
  ['wtforms.validators.AnyOf', 'values'],
  ['wtforms.validators.any_of', 'values'],
  // https://marshmallow.readthedocs.io/en/stable/marshmallow.validate.html#marshmallow.validate.OneOf
  ['marshmallow.validate.OneOf', 'choices'],
]);

/** What a validator of a library, or a field that has one of its own, makes sure of in the value that it lets through. */
export function libraryChecks({ library }: Interpreter, validator: Atom, value: Value, site: Site): readonly Check[] {
  const names = validator.kind === 'symbol' ? [validator.name] : isCall(validator) ? validator.origin.names : [];
  const check = (fact: Check['fact'], holds = true): readonly Check[] => [{ fact, holds, subject: value, site }];
  for (const written of names) {
    const name = written.replace(/\(\)$/, '');
    const method = BY_PATTERN.get(name);
    if (method && isCall(validator)) {
      const pattern = argumentOf(validator.origin, 'regex');
      const isInverse = truthOf(argumentOf(validator.origin, 'inverse_match') ?? []) === true;
      if (!pattern) continue;
      const args = positional({ value: pattern, node: site.node }, { value, node: site.node });
      return check({ kind: 'call', names: [method], receiver: undefined, args }, !isInverse);
    }
    const listed = BY_LIST.get(name);
    if (listed !== undefined && isCall(validator)) {
      const of = argumentOf(validator.origin, listed);
      if (of) return check({ kind: 'member', of });
    }
    if (validator.kind === 'symbol' && library.row(name)?.checks)
      return check({ kind: 'call', names: [name], receiver: undefined, args: positional({ value, node: site.node }) });
  }
  return [];
}

function isCall(atom: Atom): atom is Atom & { readonly kind: 'opaque'; readonly origin: CallOrigin } {
  return atom.kind === 'opaque' && atom.origin.via === 'call';
}

/** An argument by keyword, or the first one. */
function argumentOf({ args }: CallOrigin, name: string): Value | undefined {
  return args.keywords.find((passed) => passed.name === name)?.value ?? (name === 'inverse_match' ? undefined : args.positional[0]?.value);
}
