import { describe, expect, it } from 'vitest';
import { HtmlContext, type HtmlPlace } from '../../src/frameworks/templates/html-context.ts';

/** Where the first `@` of a page stands; other `{}` are printed before. */
function placeIn(page: string): HtmlPlace {
  const context = new HtmlContext();
  const [before = ''] = page.split('@');
  before.split('{}').forEach((text, index) => {
    if (index > 0) context.print();
    context.feed(text);
  });
  return context.place();
}

describe('the place of an output in a page', () => {
  const rows: readonly (readonly [string, HtmlPlace])[] = [
    ['<p>@', 'text'],
    ['<p title="a > b">@', 'text'],
    ['1 < 2 @', 'text'],
    ['<a title="@', 'text'],
    ["<a title='it is @", 'text'],
    ['<a title=@', 'unquoted'],
    ['<a title=a@', 'unquoted'],
    ['<option value="1" @', 'unquoted'],
    ['<option value={} @', 'unquoted'],
    ['<a href="@', 'link'],
    ['<a href=" @', 'link'],
    ['<a href="/x?q=@', 'text'],
    ['<a href="{}@', 'text'],
    ['<img src="@', 'text'],
    ['<link href="@', 'text'],
    ['<iframe src="@', 'url'],
    ['<form method="post" action="@', 'url'],
    ['<button onclick="run(@', 'script'],
    ['<a href="javascript:show(@', 'script'],
    ['<script>let a = @', 'script'],
    ['<script>let a = "@', 'string'],
    ["<script>let a = 'b' + @", 'script'],
    ["<script>// it's @", 'script'],
    ['<script>/* "a" */ let b = `@', 'string'],
    ['<script>if (a < b) @', 'script'],
    ['<script src="/a.js"></script>@', 'text'],
    ['<script type="application/json">@', 'text'],
    ['<script type="text/template">@', 'text'],
    ['<script type="module">@', 'script'],
    ['<!-- @', 'comment'],
    ['<!-- a -->@', 'text'],
    ['<!DOCTYPE html><html>@', 'text'],
    ['<br/>@', 'text'],
    ['</p>@', 'text'],
  ];
  for (const [page, place] of rows)
    it(page, () => {
      expect(placeIn(page)).toBe(place);
    });
});
