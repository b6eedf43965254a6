/** The place of a text where something is said, with a little of what stands around it. */

export interface Piece {
  text: string;
  /** Whether these are the words themselves. */
  said: boolean;
}

/** Pieces of `text` around characters `start` to `end` (counted as the server counts them: whole characters), cut at words. */
export function around(text: string, start: number, end: number, room = 60): Piece[] {
  const letters = Array.from(text);
  const piece = (from: number, to: number): string => letters.slice(from, to).join("");
  let first = Math.max(0, start - room);
  let last = Math.min(letters.length, end + room);
  while (first > 0 && first < start && !/\s/u.test(letters[first - 1] ?? " ")) first += 1;
  while (last < letters.length && last > end && !/\s/u.test(letters[last] ?? " ")) last -= 1;
  const before = `${first > 0 ? "…" : ""}${piece(first, start)}`;
  const after = `${piece(end, last)}${last < letters.length ? "…" : ""}`;
  return [{ text: before, said: false }, { text: piece(start, end), said: true }, { text: after, said: false }].filter((one) => one.text !== "");
}
