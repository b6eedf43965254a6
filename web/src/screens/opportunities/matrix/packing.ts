/** Dots that would cover one another are moved apart, the greatest stays; titles stand where they cover nothing. */

export interface Dot {
  id: string;
  x: number;
  y: number;
  r: number;
}

export interface Packed {
  /** Where each dot is drawn; those absent found no room. */
  places: Map<string, { x: number; y: number }>;
  /** Dots without room, in the order given. */
  left: string[];
}

const GAP = 2;
const RING = 4;
const AROUND = 24;

/** Each dot as near to its place as there is room within `reach`, greatest first, then by id. */
export function packed(dots: readonly Dot[], width: number, height: number, reach: number): Packed {
  const placed: Dot[] = [];
  const bySize = [...dots].sort((a, b) => b.r - a.r || (a.id < b.id ? -1 : 1));
  for (const dot of bySize) {
    const found = [...around(dot, width, height, reach)].find((at) => placed.every((other) => clear(at, dot.r, other)));
    if (found) placed.push({ ...dot, ...found });
  }
  const places = new Map(placed.map(({ id, x, y }) => [id, { x, y }]));
  return { places, left: dots.filter((dot) => !places.has(dot.id)).map((dot) => dot.id) };
}

const clear = (at: { x: number; y: number }, r: number, other: Dot): boolean => Math.hypot(at.x - other.x, at.y - other.y) >= r + other.r + GAP;

function* around(dot: Dot, width: number, height: number, reach: number): Generator<{ x: number; y: number }> {
  const inside = (x: number, y: number) => ({ x: Math.min(width - dot.r, Math.max(dot.r, x)), y: Math.min(height - dot.r, Math.max(dot.r, y)) });
  yield inside(dot.x, dot.y);
  for (let ring = RING; ring <= reach; ring += RING) {
    for (let turn = 0; turn < AROUND; turn += 1) {
      const angle = (2 * Math.PI * turn) / AROUND;
      yield inside(dot.x + ring * Math.cos(angle), dot.y + ring * Math.sin(angle));
    }
  }
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const apart = (a: Box, b: Box): boolean => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
const boxOf = (dot: Dot): Box => ({ x: dot.x - dot.r, y: dot.y - dot.r, width: 2 * dot.r, height: 2 * dot.r });

/** Places for titles: right, left, below or above their dot, and none where each would cover something. */
export function labelled(dots: readonly Dot[], sizes: ReadonlyMap<string, { width: number; height: number }>, room: { width: number; height: number }): Map<string, Box> {
  const taken = dots.map(boxOf);
  const found = new Map<string, Box>();
  for (const dot of dots) {
    const size = sizes.get(dot.id);
    if (!size) continue;
    const spots = [
      { x: dot.x + dot.r + 5, y: dot.y - size.height / 2 },
      { x: dot.x - dot.r - 5 - size.width, y: dot.y - size.height / 2 },
      { x: dot.x - size.width / 2, y: dot.y + dot.r + 3 },
      { x: dot.x - size.width / 2, y: dot.y - dot.r - 3 - size.height },
    ].map((at) => ({ ...at, ...size }));
    const spot = spots.find((box) => box.x >= 0 && box.y >= 0 && box.x + box.width <= room.width && box.y + box.height <= room.height && taken.every((other) => apart(box, other)));
    if (!spot) continue;
    taken.push(spot);
    found.set(dot.id, spot);
  }
  return found;
}
