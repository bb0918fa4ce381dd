import { FRAMEWORKS } from './about-project.ts';
import { type JsonObject, NAMED_SCHEMA, REGEX_SCHEMA, type Schema, type Terms } from './term.ts';
import { classTerms } from './terms/class-terms.ts';
import { eventTerms } from './terms/event-terms.ts';
import { functionTerms } from './terms/function-terms.ts';
import { valueTerms } from './terms/value-terms.ts';

const EVENT_KINDS = [
  'call',
  'store',
  'class',
  'function',
  'decorator',
  'import',
  'compare',
  'test',
  'iterate',
  'assert',
  'handler',
  'return',
  'body',
  'setting',
  'config',
  'route',
  'migrations',
];

function propertiesOf(terms: Terms<unknown>): JsonObject {
  return Object.fromEntries(Object.entries(terms).map(([key, term]) => [key, { description: term.doc, ...term.schema }]));
}

/** A fact asked for around an event. */
const EXISTS: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['fact', 'in'],
  properties: {
    fact: { type: 'string', description: 'the name of a fact of this rule or of rules/facts.json' },
    in: {
      enum: [
        'function',
        'body',
        'decorators',
        'callers',
        'class',
        'module',
        'project',
        'decorator',
        'argument',
        'callee',
        'called-class',
        'request',
      ],
      description:
        'function: in the function around, what it calls and what decorates it; body: the same without what decorates it; decorators: in these alone; callers: in the functions that call it, and what else ' +
        'they call; class: in the class and what its methods call; decorator: in the decorator’s own code; ' +
        'argument: in the code of the function or class that is passed first; callee: in the code of the function that is called; called-class: in the methods of the class that is called; ' +
        'request: of a route, where a request by its method gets: in what answers and what that calls, without the parts that tests of the method, the form or the body keep it from',
    },
    reach: { type: 'integer', minimum: 0, description: 'how many calls away from the function or class a fact still counts; default 4' },
    functions: { type: 'integer', minimum: 1, description: 'in so many functions, at least, other than the one that is looked at' },
    most: {
      type: 'string',
      description: 'the fact stands in most of the other functions where this one does, with `same` about the same: in three of four',
    },
    share: { type: 'number', minimum: 0, maximum: 1, description: 'with `most`: in such a part of them, instead of three of four' },
    among: { type: 'string', description: 'with `most`: only those of the other functions count where this fact stands, too' },
    order: { enum: ['before', 'after'], description: 'in the same function, earlier or later in the text' },
    along: {
      enum: [true],
      description: 'in the same function, not in a branch that is not taken, or left, by a run that comes to the event',
    },
    request: {
      enum: ['same'],
      description: 'of a class: in what runs for the same request, not in methods that answer others, as post() and get() do',
    },
    decorators: {
      enum: ['same', 'same-guards'],
      description:
        'same: in functions that the same decorators are put around, as they are written; same-guards: of those that may refuse a request, whatever else is put around them',
    },
    same: {
      enum: ['receiver', 'first-argument', 'class', 'root', 'name', 'model', 'row', 'found', 'method', 'parameter', 'object'],
      description:
        'on an expression spelled like this part of the event; class: it calls the class around the event, passes it first or stores it; name: it sets, defines or calls the same name; ' +
        'root: what it calls starts with the same name, or with the name that the import binds; model: it looks up rows of a class of the same name; ' +
        'row: it takes, gives or compares an instance of the same class of the project, or something of one; ' +
        'found: it looks up rows of the same class, or, where no class is known, calls a method by the same expression; ' +
        'method: it calls a method of such an instance, or of one of another class, that both have from one class of the project; ' +
        'parameter: it passes a parameter that says which one is asked for, such as `pk` or `project_id`, and has the name of one around the event; ' +
        'object: it sets something of, or is called on, what the event makes, sets something of or is called on; also where that is not known',
    },
  },
};

/** Several facts; a list of them may have a name. */
const FACTS_ASKED_FOR: Schema = { oneOf: [{ type: 'array', items: { oneOf: [EXISTS, NAMED_SCHEMA] } }, NAMED_SCHEMA] };

/** An object with these keys and no others. */
function only(properties: JsonObject, required: readonly string[]): Schema {
  return { type: 'object', additionalProperties: false, required, properties };
}

const REPORT_PROPERTIES: JsonObject = {
  at: {
    type: 'string',
    description:
      'node (default), callee, arg:KEY, value, target, name, decorator, left, right, statement, attribute:NAME, meta:NAME; fact:NAME, where a fact asked for with “exists” was met; for settings string:REGEX, the first such string that the value is written with, and entry:REGEX, what stands under the first such key; for routes collision; for loops related, what is read of each row',
  },
  of: { type: 'string', description: 'the part that {names}, {value} and {how} are about: value, arg:KEY, returned, left …' },
  message: { type: 'string' },
  remediation: { type: 'string' },
  severity: { enum: ['error', 'warning', 'note'] },
  confidence: { enum: ['high', 'medium', 'low'] },
  profile: { enum: ['default', 'strict', 'pedantic'] },
  vars: { type: 'object', additionalProperties: { type: 'string' }, description: 'texts for placeholders of the message' },
  change: { type: 'string', description: 'the fact asked for with “exists” that {change} tells; default that of “at”' },
  secret: { type: 'boolean', description: 'the value is a secret: it is hidden in every report' },
  checks: {
    type: 'array',
    items: { type: 'string' },
    description: 'ids of the framework’s own checks that say the same; default the aliases of the rule',
  },
  fix: {
    description: 'of a setting, a key of a configuration, or what is stored: the change that mends it and takes nothing away, for `--fix`',
    oneOf: [
      only({ set: { type: 'string', description: 'it gets this value, written in Python' } }, ['set']),
      only({ delete: { const: true, description: 'the statement that sets it goes' } }, ['delete']),
      only(
        {
          insert: { type: 'string', description: 'the list gets this string' },
          after: { type: 'array', items: { type: 'string' }, description: 'behind the first of these that is in the list' },
          at: { enum: ['first', 'last'], description: 'where none of those is in it' },
        },
        ['insert', 'at'],
      ),
      only(
        {
          default: { enum: ['none', 'off'], description: 'the default of what is read from the environment goes, or is turned off' },
        },
        ['default'],
      ),
    ],
  },
  once: {
    enum: ['function', 'maker', 'class', 'literal', 'module', 'project', 'printed', 'source'],
    description:
      'report only the first in each; `maker`: of what one function makes for others, else as `function`; `literal`: of the same text in a module',
  },
  calls: {
    enum: ['followed'],
    description:
      'in the default profile it is not told of what a function may be passed where all calls of it are in the project, and none passes such a thing',
  },
  rest: {
    enum: ['strict', 'pedantic'],
    description: 'with `once`: the profile in which the others are reported, too; in narrower ones they are named beside it',
  },
};

const REPORT: Schema = {
  oneOf: [
    { const: false, description: 'says nothing, and keeps later matchers of the list from speaking about the same place' },
    only(REPORT_PROPERTIES, []),
  ],
};

/** What a rule of mode `text` looks for. */
export const TEXT = {
  type: 'object',
  additionalProperties: false,
  required: ['starts', 'then'],
  properties: {
    starts: {
      type: 'array',
      items: { type: 'string', minLength: 2 },
      minItems: 1,
      description: 'It starts with one of these, to which no letter, digit or underscore is joined in front.',
    },
    then: {
      ...REGEX_SCHEMA,
      description: 'This regular expression (RE2) holds directly behind that.',
    },
    varied: {
      type: 'integer',
      minimum: 1,
      description: 'So many different characters follow: what is made up for an example repeats itself.',
    },
    first: { const: true, description: 'It stands first in its line, apart from spaces.' },
    not: { ...REGEX_SCHEMA, description: 'This regular expression (RE2) is not found in it.' },
    path: { ...REGEX_SCHEMA, description: 'This regular expression (RE2) is found in the path of the file.' },
    report: {
      description: 'As of a matcher; `false` says nothing, and keeps later ones of the list from speaking about the same place.',
      oneOf: [
        { const: false },
        only(
          {
            ...Object.fromEntries(
              ['message', 'severity', 'confidence', 'profile', 'vars'].map((key) => [key, REPORT_PROPERTIES[key] ?? {}]),
            ),
            shown: { const: true, description: 'what was found is no secret, and need not be hidden' },
          },
          [],
        ),
      ],
    },
  },
} as const satisfies Schema;

const VERSION: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['package', 'range'],
  properties: {
    package: { type: 'string' },
    range: { type: 'string', description: 'PEP 440 specifiers: ">=2.3"' },
    unknown: { type: 'boolean', description: 'whether an unknown version counts as in the range; default false' },
  },
};

/** Parts shared by all schemas: the vocabulary. */
export function vocabularyDefinitions(): JsonObject {
  const object = (terms: Terms<unknown>): JsonObject => ({
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    properties: propertiesOf(terms),
  });
  return {
    named: {
      ...only({ like: { type: 'string' } }, ['like']),
      description: 'what the rule names so under `patterns`',
    },
    names: {
      oneOf: [{ type: 'string' }, { type: 'array', items: { oneOf: [{ type: 'string' }, NAMED_SCHEMA] }, minItems: 1 }, NAMED_SCHEMA],
    },
    value: object(valueTerms),
    condition: object(eventTerms),
    class: object(classTerms as Terms<unknown>),
    function: object(functionTerms as Terms<unknown>),
    matcher: {
      type: 'object',
      additionalProperties: false,
      required: ['on'],
      properties: {
        on: { enum: EVENT_KINDS, description: 'the kind of event' },
        each: {
          type: 'object',
          minProperties: 1,
          propertyNames: { pattern: '^[a-z]+$' },
          additionalProperties: { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, uniqueItems: true },
          description: 'the matcher stands for several, one for each of these words: `<name>` in it is the word',
        },
        exists: { ...FACTS_ASKED_FOR, description: 'all of these facts are there' },
        unless: { ...FACTS_ASKED_FOR, description: 'none of these facts is there' },
        version: VERSION,
        report: REPORT,
        ...propertiesOf(eventTerms),
      },
    },
    facts: {
      type: 'object',
      additionalProperties: { oneOf: [{ $ref: '#/$defs/matcher' }, { type: 'array', items: { $ref: '#/$defs/matcher' }, minItems: 1 }] },
    },
  };
}

/** The JSON Schema of `rule.json`. */
export function ruleSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://ratel.dev/schema/rule.schema.json',
    title: 'A ratel rule',
    type: 'object',
    additionalProperties: false,
    required: ['id', 'code', 'mode', 'title', 'message', 'remediation', 'severity', 'confidence', 'profile', 'cwe', 'guidance'],
    if: { required: ['mode'], properties: { mode: { const: 'text' } } },
    then: { required: ['texts'] },
    else: { required: ['match'] },
    properties: {
      $schema: { type: 'string' },
      id: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' },
      code: { type: 'string', pattern: '^[A-Z]{2,5}[0-9]{3}$' },
      mode: { enum: ['match', 'flow', 'setting', 'text'] },
      title: { type: 'string', minLength: 8, maxLength: 120 },
      message: { type: 'string', minLength: 20 },
      remediation: { type: 'string', minLength: 10 },
      severity: { enum: ['error', 'warning', 'note'] },
      confidence: { enum: ['high', 'medium', 'low'] },
      profile: { enum: ['default', 'strict', 'pedantic'] },
      securitySeverity: { type: 'number', minimum: 0, maximum: 10 },
      cwe: { type: 'array', items: { type: 'integer', minimum: 1 } },
      owasp: { type: 'array', items: { type: 'string', pattern: '^A[0-9]{2}:[0-9]{4}$' } },
      aliases: { type: 'array', items: { type: 'string' } },
      references: { type: 'array', items: { type: 'string', pattern: '^https?://' } },
      guidance: {
        oneOf: [{ const: 'beyond' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
        description: 'ids of the statements it checks, or beyond',
      },
      notes: { type: 'string', description: 'what it does not see, for the documentation page' },
      framework: {
        enum: [...FRAMEWORKS],
        description: 'it is about this framework alone: code that names another one and never this one is not asked',
      },
      roles: {
        type: 'array',
        items: { enum: ['app', 'test', 'migration', 'settings', 'script', 'docs', 'example'] },
        description: 'roles of the files it looks at; default all but test, docs and migration',
      },
      replaces: { type: 'array', items: { type: 'string' }, description: 'rules that stay silent where this one reports' },
      match: {
        type: 'array',
        items: { $ref: '#/$defs/matcher' },
        minItems: 1,
        description: 'the first matcher that holds for a place speaks',
      },
      texts: {
        type: 'array',
        items: TEXT,
        minItems: 1,
        description: 'of mode text: what is looked for in files of every kind; the first that holds for a place speaks',
      },
      facts: { $ref: '#/$defs/facts' },
      patterns: {
        type: 'object',
        additionalProperties: {
          oneOf: [
            { type: 'object', minProperties: 1 },
            { type: 'array', minItems: 1 },
          ],
        },
        description: 'words about a value or an event, or lists, that several places of the rule ask for with `like`',
      },
    },
    $defs: vocabularyDefinitions(),
  };
}

/** The JSON Schema of `rules/facts.json`: facts that several rules ask for. */
export function factsSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://ratel.dev/schema/facts.schema.json',
    title: 'Facts that several ratel rules ask for',
    type: 'object',
    additionalProperties: false,
    required: ['facts'],
    properties: { $schema: { type: 'string' }, facts: { $ref: '#/$defs/facts' } },
    $defs: vocabularyDefinitions(),
  };
}
