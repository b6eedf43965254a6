/** The neutral mark of a card: a desire line of its own, so that cards are told apart and nobody's face is invented. */

const SIZE = 96;
const EDGE = 10;

/** A number of 32 bits that differs from card to card (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}

/** The path of a card's mark in a square of 96: the same for the same id. */
export function markOf(id: string): string {
  const seed = hash(id);
  const bends = 3 + (seed % 3);
  const step = (SIZE - 2 * EDGE) / bends;
  const middle = SIZE / 2;
  const points = Array.from({ length: bends + 1 }, (_, i) => {
    const sway = i === 0 || i === bends ? 0 : (((seed >>> (4 + i * 5)) & 31) / 31) * 22 + 8;
    return { x: EDGE + i * step, y: middle + (i % 2 === seed % 2 ? -sway : sway) };
  });
  const round = (value: number) => Math.round(value * 10) / 10;
  return points
    .map((to, i) => {
      const from = points[i - 1];
      if (!from) return `M${round(to.x)} ${round(to.y)}`;
      const half = round((from.x + to.x) / 2);
      return `C${half} ${round(from.y)} ${half} ${round(to.y)} ${round(to.x)} ${round(to.y)}`;
    })
    .join("");
}
