import { expect, it } from "vitest";
import { markdown } from "./richtext";

it.each([
  ["I **search** for a *gift*", "<p>I <strong>search</strong> for a <em>gift</em></p>\n"],
  ["one\ntwo", "<p>one<br>\ntwo</p>\n"],
  ["- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"],
  ["`kod`", "<p><code>kod</code></p>\n"],
  ["[site](https://example.org/a?b=1&c=2)", '<p><a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">site</a></p>\n'],
  ["# 1 in 9", "<p># 1 in 9</p>\n"],
])("%j becomes %s", (text, html) => expect(markdown(text)).toBe(html));

it.each(["https://example.org", "mailto:ana@example.org"])("links to %s", (to) => expect(markdown(`[x](${to})`)).toContain(`href="${to}"`));
it.each(["ftp://example.org", "/maps", "//example.org", "data:text/html,x"])("does not link to %s", (to) => expect(markdown(`[x](${to})`)).not.toContain("<a"));

it.each(["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](https://example.org/x.png)", '[x](https://a.b "on" onclick=y)'])("%s brings nothing that runs or loads", (text) => {
  expect(markdown(text)).not.toMatch(/<img|<script|href="javascript|<a [^>]*onclick=/i);
});
