/** Simple Markdown of cards as HTML: emphasis, links, lists, code. No raw HTML, no pictures, no headings. */

import MarkdownIt from "markdown-it";

const reader = new MarkdownIt("zero", { html: false, breaks: true, linkify: false })
  .enable(["emphasis", "link", "list", "backticks", "escape", "newline", "entity", "strikethrough"]);

reader.validateLink = (address) => /^(https?:|mailto:)/i.test(address);

reader.renderer.rules["link_open"] = (tokens, i, options, _env, self) => {
  tokens[i]?.attrSet("target", "_blank");
  tokens[i]?.attrSet("rel", "noopener noreferrer");
  return self.renderToken(tokens, i, options);
};

const known = new Map<string, string>();
const KEPT = 2000;

/** Safe HTML; addresses of scripts are left out. The same text is read once. */
export function markdown(text: string): string {
  let html = known.get(text);
  if (html === undefined) {
    html = reader.render(text);
    if (known.size >= KEPT) known.clear();
    known.set(text, html);
  }
  return html;
}
