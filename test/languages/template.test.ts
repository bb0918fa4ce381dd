import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateDialect, TemplateExpr, TemplateNode } from '../../src/ir/template.ts';
import { parseTemplate } from '../../src/languages/template/parse.ts';

/** An expression in a form that is quick to compare. */
function expression(expr: TemplateExpr): string {
  const all = (exprs: readonly TemplateExpr[]): string => exprs.map(expression).join(' ');
  switch (expr.kind) {
    case 'literal':
      return JSON.stringify(expr.value);
    case 'name':
      return expr.id;
    case 'look-up':
      return `${expression(expr.object)}.${expr.key}`;
    case 'item':
      return `${expression(expr.object)}[${expression(expr.index)}]`;
    case 'call':
    case 'filter': {
      const args = expr.args.map(({ name, value }) => (name === undefined ? '' : `${name}=`) + expression(value)).join(', ');
      return expr.kind === 'call'
        ? `${expression(expr.callee)}(${args})`
        : `(${expression(expr.value)}|${expr.name}${args ? `:${args}` : ''})`;
    }
    case 'choice':
      return `(or ${all(expr.options)})`;
    case 'joined':
      return `(~ ${all(expr.parts)})`;
    case 'all':
      return `(and ${all(expr.operands)})`;
    case 'compare':
      return `(${expr.op} ${expression(expr.left)}${expr.test ? ` ${expr.test}` : ''}${expr.right ? ` ${expression(expr.right)}` : ''})`;
    case 'plain':
      return `(? ${all(expr.operands)})`;
    case 'list':
      return `[${all(expr.elements)}]`;
    case 'dict':
      return `{${expr.entries.map(({ key, value }) => `${expression(key)}: ${expression(value)}`).join(', ')}}`;
  }
}

function nodes(list: readonly TemplateNode[], text: string): string {
  const body = (inner: readonly TemplateNode[]): string => `{${nodes(inner, text)}}`;
  const bound = (bindings: (TemplateNode & { kind: 'set' })['bindings']): string =>
    bindings.map(({ names, value }) => `${names.join(',')}=${value ? expression(value) : '?'}`).join(' ');
  const one = (node: TemplateNode): string => {
    switch (node.kind) {
      case 'text':
        return JSON.stringify(text.slice(node.start, node.end));
      case 'print':
        return `print ${expression(node.value)}`;
      case 'if':
        return node.branches.map(({ test, body: inner }) => `${test ? `if ${expression(test)} ` : 'else '}${body(inner)}`).join(' ');
      case 'for':
        return `for ${node.names.join(',')} in ${expression(node.iterable)} ${body(node.body)}${node.otherwise.length > 0 ? ` else ${body(node.otherwise)}` : ''}`;
      case 'set':
        return `set ${bound(node.bindings)}`;
      case 'with':
        return `with ${bound(node.bindings)} ${body(node.body)}`;
      case 'block':
        return `block ${node.name} ${body(node.body)}`;
      case 'extends':
        return `extends ${expression(node.template)}`;
      case 'include':
        return `include ${expression(node.template)}${node.bindings.length > 0 ? ` ${bound(node.bindings)}` : ''}${node.only ? ' only' : ''}`;
      case 'import':
        return `import ${expression(node.template)} ${node.alias ?? node.names.map(({ name, alias }) => `${name}:${alias}`).join(' ')}`;
      case 'macro':
        return `macro ${node.name}(${node.params.map((param) => param.name).join(', ')}) ${body(node.body)}`;
      case 'autoescape':
        return `autoescape ${node.on} ${body(node.body)}`;
      case 'tag':
        return `tag ${node.name}${node.target === undefined ? '' : ` as ${node.target}`}`;
    }
  };
  return list.map(one).join('; ');
}

function table(dialect: TemplateDialect, rows: readonly (readonly [template: string, expected: string])[]): void {
  for (const [template, expected] of rows)
    it(template.length > 70 ? `${template.slice(0, 70)}…` : template, () => {
      expect(nodes(parseTemplate(template, dialect), template)).toBe(expected);
    });
}

describe('Jinja', () => {
  table('jinja', [
    ['a{{ b }}c', '"a"; print b; "c"'],
    ["{{- q | default('x', true) | e -}}", 'print ((q|default:"x", true)|e)'],
    ["{{ a.b['c'](d, e=1).0 }}", 'print a.b["c"](d, e=1).0'],
    ['{{ "}}" ~ a + b }}', 'print (~ "}}" a b)'],
    ['{{ a if b else c or d }}', 'print (or a (or c d))'],
    ['{{ "%s" % a }}{{ a * 2 - 1 }}', 'print (~ "%s" a); print (? (? a 2) 1)'],
    ['{{ {"a": [1, b], "c": (d)} }}', 'print {"a": [1 b], "c": d}'],
    ['{{ a[1:2] }}{{ a[-1] }}', 'print a[(? 1 2)]; print a[(? 1)]'],
    [
      '{% if a is not none and b in (1, 2) %}A{% elif not c %}B{% else %}C{% endif %}',
      'if (and (is not a none) (in b [1 2])) {"A"} if (? c) {"B"} else {"C"}',
    ],
    ['{% for k, v in a.items() %}{{ k }}{% else %}none{% endfor %}', 'for k,v in a.items() {print k} else {"none"}'],
    ['{% set a = b|safe %}{% set c %}x{{ d }}{% endset %}', 'set a=(b|safe); set c=?'],
    ['{% extends "l.html" %}{% block a scoped %}{{ super() }}{% endblock a %}', 'extends "l.html"; block a {print super()}'],
    ['{% include "a.html" ignore missing without context %}', 'include "a.html" only'],
    ['{% from "m.html" import a, b as c with context %}{% import "m.html" as m %}', 'import "m.html" a:a b:c; import "m.html" m'],
    ['{% macro f(a, b="x") -%}{{ a }}{%- endmacro %}', 'macro f(a, b) {print a}'],
    ['{% call(x) f(1) %}{{ x }}{% endcall %}', 'print f(1); print x'],
    ['{% raw %}{{ a }}{% endraw %}{# {{ b }} #}{{ c }}', '"{{ a }}"; print c'],
    ['{% autoescape false %}{{ a }}{% endautoescape %}', 'autoescape false {print a}'],
    ['{% with a = 1, b = c %}{{ b }}{% endwith %}', 'with a=1 b=c {print b}'],
    ['{% trans user=name %}Hi {{ user }}{% pluralize %}Hi all{% endtrans %}', 'with user=name {"Hi "; print user; "Hi all"}'],
    ['{{ a', '"{{ a"'],
    ['{% endif %}{{ a }}', 'print a'],
  ]);
});

describe('Django', () => {
  table('dtl', [
    ['{{ a.0.b|default:"x"|truncatechars:c.d }}', 'print ((a.0.b|default:"x")|truncatechars:c.d)'],
    ['{{ rows.0.1 }}{{ _("text") }}', 'print rows.0.1; print _("text")'],
    ['{% if a == "x" or not b and c.isdigit %}1{% else %}2{% endif %}', 'if (or (== a "x") (and (? b) c.isdigit)) {"1"} else {"2"}'],
    ['{% for a in b.all %}{{ a }}{% empty %}none{% endfor %}', 'for a in b.all {print a} else {"none"}'],
    [
      '{% with a=b.c d=e|safe %}{{ d }}{% endwith %}{% with b.c as a %}{{ a }}{% endwith %}',
      'with a=b.c d=(e|safe) {print d}; with a=b.c {print a}',
    ],
    ['{% include "a.html" with b=c only %}', 'include "a.html" b=c only'],
    [
      '{% blocktrans with name=user.name count n=list|length %}{{ name }}{% plural %}{{ n }}{% endblocktrans %}',
      'with name=user.name n=(list|length) {print name; print n}',
    ],
    ['{% trans "Title" %}{% url "shop:item" pk=1 %}{% csrf_token %}', ''],
    ['{% comment "why" %}{{ a }}{% endcomment %}{% verbatim %}{{ b }}{% endverbatim %}', '"{{ b }}"'],
    ['{% autoescape off %}{{ a }}{% endautoescape %}', 'autoescape false {print a}'],
    ['{% firstof a b.c "x" %}', 'print a; print b.c'],
    ['{% avatar user size=3 as image %}{{ image }}', 'tag avatar as image; print image'],
    ['{% if a %}{% cache 500 sidebar %}{{ b }}{% endcache %}{{ c }}{% endif %}{{ d }}', 'if a {print b; print c}; print d'],
    [
      '{% if a %}{% ifhasperm "add" %}{{ b }}{% else %}{{ c }}{% endifhasperm %}{% else %}{{ d }}{% endif %}',
      'if a {if "add" {print b} else {print c}} else {print d}',
    ],
    ['{% if a %}{% avatar user %}{{ b }}{% endavatar %}{% endif %}', 'if a {tag avatar; print b}'],
  ]);
});

describe('whatever stands there', () => {
  const pieces = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    ' a',
    '|safe',
    ' if ',
    ' for x in y ',
    ' endif ',
    ' block b ',
    '"',
    "'",
    '(',
    ')',
    '[',
    '.',
    ',',
    '=',
    '<p>',
    '\n',
    ' macro f(',
    ' raw ',
    ' in ',
    ' not ',
  );
  it('is read to its end', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.constantFrom<TemplateDialect>('jinja', 'dtl'), (parts, dialect) => {
        const text = parts.join('');
        for (const node of parseTemplate(text, dialect)) {
          expect(node.start).toBeGreaterThanOrEqual(0);
          expect(node.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no longer for deep nesting and long texts', () => {
    parseTemplate('{% if a %}'.repeat(20_000), 'jinja');
    parseTemplate(`{{ ${'('.repeat(20_000)} }}`, 'jinja');
    parseTemplate(`{{ a${'|f'.repeat(20_000)} }}`, 'jinja');
    parseTemplate('{{'.repeat(50_000), 'jinja');
    expect(parseTemplate('{{ a }}'.repeat(20_000), 'dtl')).toHaveLength(20_000);
  });
});
