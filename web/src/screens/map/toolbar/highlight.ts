/** Marks things of the grid by their ids, also those that are drawn later. */

const sheet = new CSSStyleSheet();

/** Marks `ids`, and one of them more; none takes the marks away. Ids of a map need no escaping in a selector's string. */
export function mark(ids: readonly string[], chosen: string | null): void {
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  const rule = (id: string, style: string) => `[data-id="${id}"] { ${style} }`;
  const rules = ids.map((id) => rule(id, "box-shadow: inset 0 0 0 2px var(--ochre-mid); background-color: var(--ochre-soft);"));
  if (chosen !== null) rules.push(rule(chosen, "box-shadow: inset 0 0 0 3px var(--focus); background-color: var(--ochre-soft);"));
  sheet.replaceSync(rules.join("\n"));
}
