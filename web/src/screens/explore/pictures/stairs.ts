/** Curves that go up in steps, as estimates of how many have arrived do, and the band of their interval. */

export type Point = readonly [x: number, y: number];

const round = (value: number): number => Math.round(value * 10) / 10;

/** The line that stays level until the next point and then steps to it. */
export function stairs(points: readonly Point[]): string {
  return points.map(([x, y], i) => (i === 0 ? `M${round(x)},${round(y)}` : `H${round(x)}V${round(y)}`)).join("");
}

/** The area between two stepped lines over the same places. */
export function stairBand(upper: readonly Point[], lower: readonly Point[]): string {
  if (upper.length === 0 || lower.length === 0) return "";
  const back = [...lower].reverse();
  const home = back.map(([x, y], i) => (i === 0 ? `L${round(x)},${round(y)}` : `V${round(y)}H${round(x)}`));
  // On the way back a level begins at its own place, so the height changes before the place does.
  return `${stairs(upper)}${home.join("")}Z`;
}

/** A straight line through points; pieces that are null are left open. */
export function line(points: readonly (Point | null)[]): string {
  let open = false;
  return points
    .map((point) => {
      if (!point) {
        open = false;
        return "";
      }
      const go = open ? "L" : "M";
      open = true;
      return `${go}${round(point[0])},${round(point[1])}`;
    })
    .join("");
}

/** The area between two straight lines over the same places. */
export function ribbon(upper: readonly Point[], lower: readonly Point[]): string {
  if (upper.length === 0) return "";
  return `${line(upper)}L${[...lower].reverse().map(([x, y]) => `${round(x)},${round(y)}`).join("L")}Z`;
}
