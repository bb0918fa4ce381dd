import { HARM_NAMES } from './flow/harms.ts';
import type { Schema } from './term.ts';

/** The JSON Schema of `rules/models/*.json`; ModelRow in evaluate/library-model.ts says what each key means. */
export function modelSchema(): Schema {
  const harms = { type: 'array', items: { enum: [...HARM_NAMES, 'url', 'link', 'all'] }, minItems: 1 };
  const position = { oneOf: [{ type: 'integer', minimum: 0 }, { type: 'string' }] };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://ratel.dev/schema/model.schema.json',
    title: 'How a library behaves',
    type: 'object',
    additionalProperties: false,
    required: ['library', 'rows'],
    properties: {
      $schema: { type: 'string' },
      library: { type: 'string' },
      rows: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'docs'],
          properties: {
            name: {
              type: 'string',
              description: 'qualified name: `requests.get`; a member of a class stands behind it: `requests.Session.get`',
            },
            docs: { type: 'string', pattern: '^https?://', description: 'link to the documentation that proves the row' },
            alias: {
              type: 'string',
              description: 'another qualified name of the same thing; what stands below the name is renamed as well',
            },
            class: { type: 'boolean', description: 'it is a class: calling it gives an instance' },
            bases: { type: 'array', items: { type: 'string' }, description: 'library classes that the class extends' },
            type: { type: 'string', description: 'it is a value of this type' },
            returns: { type: 'string', description: 'type of what calling it gives' },
            gives: { type: 'string', description: 'the attribute of the receiver that calling it gives' },
            finds: {
              enum: ['exactly', 'loosely'],
              description:
                'it gives the row of a database that has the values passed by name, here or to `filter_by()` before it, and raises where there is none; `loosely`: as the database compares them, whatever the type of the column',
            },
            refuses: { type: 'boolean', description: 'a form’s own check calls it to refuse what was sent, and goes on' },
            raises: {
              type: 'string',
              description:
                'it raises an exception of this class where it cannot read its first argument; its text shows that as `repr()` does',
            },
            constant: {
              type: ['string', 'number', 'boolean', 'null', 'array'],
              items: { type: 'string' },
              description: 'it has this value, or is a list of these texts',
            },
            params: { type: 'array', items: { type: 'string' }, description: 'names of its parameters in positional order' },
            element: { type: 'string', description: 'type of what iterating over or subscripting an instance gives' },
            aboutClass: {
              type: 'string',
              description: 'an instance that stands in a subclass of this one is about the class that it is read of',
            },
            enters: { type: 'string', description: 'type of what `with` or `await` gives' },
            source: { type: 'array', items: { type: 'string' }, description: 'it comes from outside: kinds such as `request`' },
            madeOf: {
              type: 'string',
              description: 'it comes from outside only as far as what its receiver was made of, as this parameter, does',
            },
            needsQuotes: { const: true, description: 'what it gives is harmless in quotes only, in markup between tags as well' },
            bringsQuotes: { const: true, description: 'what it gives has quotes of its own around it: inside others they end those' },
            quotesUnless: { type: 'string', description: 'the argument that, where it is false, leaves quotes as they are' },
            cleansBehind: { type: 'string', description: 'the argument that it puts what it makes harmless behind, and leaves as it is' },
            cleansWithout: {
              type: 'object',
              additionalProperties: { type: 'string' },
              description: 'what it gives can no longer do this harm where these characters are taken out of it besides',
            },
            undoes: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'it turns back what these functions did' },
            reads: {
              type: 'array',
              items: { type: 'string' },
              minItems: 1,
              description: 'kinds of source that what it reads becomes: json; content, what is in an archive',
            },
            cleans: { ...harms, description: 'what it gives can no longer do this harm' },
            checks: { ...harms, description: 'where it gives something true, or returns at all, its argument can no longer do this harm' },
            checksHost: { const: true, description: 'where it gives something true, the host that it is given is one of those allowed' },
            sinks: {
              type: 'object',
              propertyNames: { enum: HARM_NAMES },
              additionalProperties: { type: 'array', items: { type: 'string' }, minItems: 1 },
              description:
                'arguments that do harm when they come from outside, by kind of harm: `sql@0` by keyword or position, `0`, `receiver`',
            },
            keeps: {
              enum: [false, true, 'receiver'],
              description: '`false`: what it gives does not hold what was passed; `receiver`: what the receiver held alone',
            },
            pure: { type: 'boolean', description: 'what it, and what is in it, gives depends on what is passed alone' },
            developers: { type: 'boolean', description: 'it is true only where developers run the program' },
            carries: { type: 'boolean', description: 'a class whose instances hold what they were made from' },
            file: { type: 'boolean', description: 'a class of open files: no path, though the name of one could become a path' },
            stored: {
              type: 'boolean',
              description: 'a class whose instances a database keeps: what code sets on one, other code does not find on another',
            },
            remembers: {
              type: 'boolean',
              description: 'a class or attribute that is a store: what code puts under a key of it, other code finds there',
            },
            environment: {
              type: 'object',
              additionalProperties: false,
              required: ['name'],
              properties: {
                name: position,
                default: position,
                cast: position,
                as: { type: 'string' },
                unnamed: { type: 'string' },
                optional: { type: 'boolean' },
                castsDefault: { type: 'boolean' },
              },
              description:
                'it reads the environment: where the name, the default and the cast are passed; `unnamed`: the variable where no name is; `optional`: None where neither the variable nor a default is there; `castsDefault`: the default is cast like what is read',
            },
            behaves: { type: 'string', description: 'the evaluator has an algorithm for it' },
            replaces: {
              type: 'boolean',
              description: 'as a decorator it puts something of the type of `returns` in place of the function',
            },
          },
        },
      },
    },
  };
}
