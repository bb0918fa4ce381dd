/** `{name}` in a message; `{{ … }}` and `{% … %}` are template syntax that the message speaks about and stay as they are. */
const PLACEHOLDER = /(?<!\{)\{([a-z][a-z0-9_]*)\}(?!\})/g;

/** The names of the placeholders of a message template, each once, in order. */
export function placeholdersOf(template: string): readonly string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((found) => found[1] ?? ''))];
}

/**
 * A message template with its placeholders filled. The values are taken literally: a brace in a value is never a placeholder.
 * @throws Error when a placeholder has no value, which is a mistake in a rule or in its mode.
 */
export function fillMessage(template: string, values: Readonly<Record<string, string>>): string {
  const missing = placeholdersOf(template).filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0) throw new Error(`internal error: no value for {${missing.join('}, {')}} of the message "${template}"`);
  return template.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '');
}
