/** Lists as they are written: one thing per line. */

const MOST = 50;
const LONGEST = 200;

/** Each line once, without what the server would refuse; null for nothing. */
export function linesOf(text: string): string[] | null {
  const lines = text.split("\n").map((line) => line.trim().slice(0, LONGEST)).filter(Boolean);
  const found = [...new Set(lines)].slice(0, MOST);
  return found.length ? found : null;
}

export const textOf = (lines: readonly string[] | undefined): string => (lines ?? []).join("\n");
