/** A raw event for reading: its properties as rows, and the whole of it as JSON. */

type Raw = Record<string, unknown>;

function opened(raw: Raw): Raw {
  const { properties } = raw;
  if (typeof properties !== "string") return raw;
  try {
    return { ...raw, properties: JSON.parse(properties) };
  } catch {
    return raw;
  }
}

/** The source's own fields, by name; nested values as JSON. */
export function fieldsOf(raw: Raw): [string, string][] {
  const { properties } = opened(raw);
  if (typeof properties !== "object" || properties === null) return [];
  return Object.entries(properties).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
}

export const json = (raw: Raw): string => JSON.stringify(opened(raw), null, 2);
