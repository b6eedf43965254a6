/** Scales and ticks of the pictures. */

export type Scale = (value: number) => number;

/** A value of `domain` as a place in `range`; a domain of one value stands at the start of the range. */
export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const span = to - from;
  return (value) => (span === 0 ? start : start + ((value - from) / span) * (end - start));
}

/** The step of 1, 2, 2.5 or 5 times a power of ten that divides `span` into at most `most` parts; 2.5 only of shares and tens. */
export function niceStep(span: number, most: number): number {
  if (!(span > 0)) return 1;
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factors = span <= 1 || power >= 10 ? [1, 2, 2.5, 5, 10] : [1, 2, 5, 10];
  const factor = factors.find((f) => f * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Round values from `low` to `high`, about `most` of them. */
export function ticks(low: number, high: number, most = 5): number[] {
  const step = niceStep(high - low, most);
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const YEAR = 31_556_952;
const SPANS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 60, 90, 180].map((n) => n * DAY),
  ...[1, 2, 5, 10].map((n) => n * YEAR),
];

/** Spans of time that people count in, from 0 to `seconds`, at most `most` and the zero. */
export function spanTicks(seconds: number, most = 6): number[] {
  const step = SPANS.find((span) => seconds / span <= most) ?? niceStep(seconds, most);
  return Array.from({ length: Math.floor(seconds / step + 1e-9) + 1 }, (_, i) => i * step);
}

/** The least round value that is not below `value`, for the end of an axis. */
export function ceiling(value: number, most = 5): number {
  const step = niceStep(value, most);
  return Number((Math.ceil(value / step - 1e-9) * step).toPrecision(12));
}
