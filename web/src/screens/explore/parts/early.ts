/** The order of names in which people mostly meet them, told from what follows what. */

interface Pair {
  from: string;
  to: string;
}

/**
 * The names from those that are mostly left for others to those that are mostly come to; equals keep their order.
 *
 * @param weigh how much a pair counts
 */
export function earliestFirst<P extends Pair>(names: readonly string[], pairs: readonly P[], weigh: (pair: P) => number): string[] {
  const net = new Map<string, number>();
  const all = new Map<string, number>();
  const add = (sums: Map<string, number>, name: string, value: number) => sums.set(name, (sums.get(name) ?? 0) + value);
  for (const pair of pairs) {
    if (pair.from === pair.to) continue;
    const weight = weigh(pair);
    add(net, pair.from, weight);
    add(net, pair.to, -weight);
    for (const name of [pair.from, pair.to]) add(all, name, weight);
  }
  const early = (name: string): number => (net.get(name) ?? 0) / (all.get(name) || 1);
  return [...names].sort((a, b) => early(b) - early(a));
}
