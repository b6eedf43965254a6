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

/**
 * The walked band through the middles of `counts.length` equal columns.
 *
 * @param counts people at each stage
 * @param width width of all columns together
 * @param height room for the band; the widest count fills it
 * @param y height of the middle
 * @param sway how far the walked way strays from the straight plan
 */
export function band(counts: readonly number[], width: number, height: number, y: number, sway = 0): Band {
  const most = Math.max(0, ...counts);
  const column = width / Math.max(1, counts.length);
  const knots = counts.map((people, i) => ({ x: column * (i + 0.5), width: thickness(people, most, height) }));
  const middle = knots.map((k, i) => y + sway * Math.sin(i * 1.9 + 0.6) * (1 - k.width / Math.max(1, height)));
  if (!knots.length) return { knots, middle, path: "" };
  const side = (sign: 1 | -1): [number, number][] => knots.map((k, i) => [k.x, (middle[i] ?? y) + (sign * k.width) / 2]);
  const ends = (points: [number, number][]): [number, number][] => {
    const [first, last] = [points[0], points.at(-1)];
    return first && last ? [[0, first[1]], ...points, [width, last[1]]] : points;
  };
  const top = ends(side(-1));
  const bottom = ends(side(1)).reverse();
  return { knots, middle, path: `M${curve(top)}L${curve(bottom)}Z` };
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

/** An arc above the band from one stage to a later one, for people who skip what lies between. */
export function arc(from: number, to: number, y: number, rise: number): string {
  const bend = (to - from) * 0.25;
  return `M${round(from)} ${round(y)}C${round(from + bend)} ${round(y - rise)} ${round(to - bend)} ${round(y - rise)} ${round(to)} ${round(y)}`;
}
