/** Figures no finer than what is known of them. */

/** A figure and its interval to a tenth of the order of its width; without an interval, or with one of no width, as they are. */
export function rounded(value: number, low: number | null, high: number | null): [number, number | null, number | null] {
  if (low === null || high === null || high <= low) return [value, low, high];
  const order = Math.floor(Math.log10(high - low)) - 1;
  const [scale, up] = order < 0 ? [10 ** -order, true] : [10 ** order, false];
  const to = (x: number): number => (up ? Math.round(x * scale) / scale : Math.round(x / scale) * scale);
  return [to(value), to(low), to(high)];
}
