/** Geometry of the desire line: a band as thick as the people on it, and branches of those who leave. */

export interface Knot {
  /** Middle of the stage. */
  x: number;
  /** Thickness there. */
  width: number;
}

export interface Band {
  knots: Knot[];
  /** Height of the middle line at each knot. */
  middle: number[];
  path: string;
}

const round = (value: number): string => String(Math.round(value * 100) / 100);

/** A smooth curve through points, horizontal at each of them, so that a band never bulges beyond its counts. */
export function curve(points: readonly (readonly [number, number])[]): string {
  return points
    .map(([x, y], i) => {
      const before = points[i - 1];
      if (!before) return `${round(x)} ${round(y)}`;
      const half = (before[0] + x) / 2;
      return `C${round(half)} ${round(before[1])} ${round(half)} ${round(y)} ${round(x)} ${round(y)}`;
    })
    .join("");
}

/** Thickness of a count: linear, but never thinner than a hair while somebody is on it. */
export const thickness = (people: number, most: number, height: number, hair = 1.5): number =>
  people <= 0 || most <= 0 ? 0 : Math.max(hair, (people / most) * height);

/** People who go from one stage (from 0) to one that is not the next. */
export interface Skip {
  from: number;
  to: number;
  people: number;
}

/** How much room above the band the arcs of those who skip stages need, at least `least`. */
export function headroom(counts: readonly (number | null)[], skips: readonly Skip[], height: number, least: number): number {
  const most = Math.max(0, ...counts.map((people) => people ?? 0));
  return Math.max(least, ...skips.map((s) => Math.ceil(thickness(s.people, most, height) + 12 + 6 * (s.to - s.from))));
}

/** The columns of a stage. */
export interface Span {
  x: number;
  width: number;
}

export const even = (count: number, width: number): Span[] =>
  Array.from({ length: count }, (_, i) => ({ x: (width / count) * i, width: width / count }));

/** A band that nothing interrupts; `first` is the index of its first stage. */
export interface Stretch extends Band {
  first: number;
}

/**
 * The walked band through the middles of its stages, broken where nobody counted (null).
 *
 * @param counts people at each stage
 * @param spans where the stages are
 * @param height room for the band; the widest count fills it
 * @param y height of the middle
 * @param sway how far the walked way strays from the straight plan
 */
export function stretches(counts: readonly (number | null)[], spans: readonly Span[], height: number, y: number, sway = 0): Stretch[] {
  const most = Math.max(0, ...counts.map((people) => people ?? 0));
  const found: (Stretch & { from: number; to: number })[] = [];
  counts.forEach((people, i) => {
    const span = spans[i];
    if (people === null || !span) return;
    if (i === 0 || counts[i - 1] == null) found.push({ first: i, knots: [], middle: [], path: "", from: span.x, to: 0 });
    const stretch = found.at(-1)!;
    const width = thickness(people, most, height);
    stretch.knots.push({ x: span.x + span.width / 2, width });
    stretch.middle.push(y + sway * Math.sin(i * 1.9 + 0.6) * (1 - width / Math.max(1, height)));
    stretch.to = span.x + span.width;
  });
  return found.map(({ from, to, ...stretch }) => ({ ...stretch, path: outline(stretch, from, to) }));
}

function outline({ knots, middle }: Pick<Band, "knots" | "middle">, from: number, to: number): string {
  const side = (sign: 1 | -1): [number, number][] => {
    const points = knots.map((k, i): [number, number] => [k.x, (middle[i] ?? 0) + (sign * k.width) / 2]);
    const [first, last] = [points[0], points.at(-1)];
    return first && last ? [[from, first[1]], ...points, [to, last[1]]] : points;
  };
  return `M${curve(side(-1))}L${curve(side(1).reverse())}Z`;
}

/** The walked band through the middles of `counts.length` equal columns. */
export function band(counts: readonly number[], width: number, height: number, y: number, sway = 0): Band {
  return stretches(counts, even(counts.length, width), height, y, sway)[0] ?? { knots: [], middle: [], path: "" };
}

/** How far the curve between two knots has come down (0..1) at the share `u` (0..1) of the way along. */
export function descent(u: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 30; i++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < u) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return 3 * t ** 2 - 2 * t ** 3;
}

/** Height of the lower (1) or upper (-1) edge, `along` of the way from knot `i` to the next. */
export function edge(shape: Band, i: number, along: number, side: 1 | -1): number {
  const at = (k: number): number => (shape.middle[k] ?? 0) + (side * (shape.knots[k]?.width ?? 0)) / 2;
  if (i + 1 >= shape.knots.length) return at(i);
  return at(i) + (at(i + 1) - at(i)) * descent(along);
}

/**
 * A branch that leaves downwards from (x, y) as thick as `width`, and fades out `fall` further down.
 * It is an outline, not a stroke, so that it starts flush with the band.
 */
export function branch(x: number, y: number, width: number, fall: number): string {
  const reach = fall * 0.55;
  const outer = `M${round(x)} ${round(y)}C${round(x + reach * 0.35)} ${round(y)} ${round(x + reach)} ${round(y + fall * 0.35)} ${round(x + reach)} ${round(y + fall)}`;
  const inner = `L${round(x + reach - width)} ${round(y + fall)}C${round(x + reach - width)} ${round(y + fall * 0.45)} ${round(x + reach * 0.2 - width * 0.6)} ${round(y)} ${round(x - width)} ${round(y)}Z`;
  return outer + inner;
}

/** A loop above the band, back to (x, y) from a place further on, with its arrowhead. */
export function loop(x: number, y: number, from: readonly [number, number], rise: number): { line: string; head: string } {
  const top = Math.min(y, from[1]) - rise * 1.3;
  const line = `M${round(from[0])} ${round(from[1] + 2)}C${round(from[0])} ${round(top)} ${round(x)} ${round(top)} ${round(x)} ${round(y - 4)}`;
  return { line, head: `M${round(x - 4)} ${round(y - 7)}L${round(x)} ${round(y - 1)}L${round(x + 4)} ${round(y - 7)}Z` };
}

/** An arc above the band from one stage to a later one, for people who skip what lies between; `top` is its height. */
export function arc(from: readonly [number, number], to: readonly [number, number], top: number): string {
  const bend = (to[0] - from[0]) * 0.3;
  const lift = (y: number): number => y - (y - top) * 1.33;
  return `M${round(from[0])} ${round(from[1])}C${round(from[0] + bend)} ${round(lift(from[1]))} ${round(to[0] - bend)} ${round(lift(to[1]))} ${round(to[0])} ${round(to[1])}`;
}
