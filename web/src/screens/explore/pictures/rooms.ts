/** Room for words in a picture: how wide a text is about, cutting it to fit, and keeping labels apart. */

const WIDE = /[MWmw@%ŻŹĆĐŠ]/;
const NARROW = /[iljtfrI.,:;'|!() ]/;

/** About how many pixels a text takes at 13 px; on the safe side. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += WIDE.test(letter) ? 10.5 : NARROW.test(letter) ? 4.5 : 7.4;
  return width;
}

/** The text, or as much of its beginning as fits into `width` pixels with an ellipsis after it. */
export function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(letters.join("")) > width - 10) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/**
 * Places as near to those wished for as `gap` between neighbours allows, between `low` and `high`; in the order given.
 * Labels of curves that end close together are read apart by it.
 */
export function spread(wished: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wished.map((_, i) => i).sort((a, b) => (wished[a] ?? 0) - (wished[b] ?? 0));
  const placed = [...wished];
  let floor = low;
  for (const i of order) {
    placed[i] = Math.max(placed[i] ?? 0, floor);
    floor = (placed[i] ?? 0) + gap;
  }
  let roof = high;
  for (const i of [...order].reverse()) {
    placed[i] = Math.min(placed[i] ?? 0, roof);
    roof = (placed[i] ?? 0) - gap;
  }
  return placed;
}

/** Which of the evenly spaced labels are written, so that none comes nearer than `gap` pixels to the next. */
export function everyNth(widest: number, pitch: number, gap = 12): number {
  return Math.max(1, Math.ceil((widest + gap) / Math.max(1, pitch)));
}
