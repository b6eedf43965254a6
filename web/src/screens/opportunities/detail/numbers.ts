/** Numbers as people type them. */

/** A number with a comma or a point, spaces between thousands; null of nothing, NaN of what is none. */
export function asNumber(text: string): number | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  if (!plain) return null;
  return /^[+\-−]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain.replace("−", "-")) : NaN;
}
