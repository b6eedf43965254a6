/** The order of actions in a column: numbers, small ones first; as few as can be are changed. */

export interface Ordered {
  id: string;
  order: number;
}

/**
 * The numbers that put one at a place among the others of its column.
 *
 * @param others the column without it, in order
 * @param at how many of them come before it
 */
export function ordersFor(others: readonly Ordered[], id: string, at: number): Ordered[] {
  const [before, after] = [others[at - 1], others[at]];
  const middle = before && after ? (before.order + after.order) / 2 : before ? before.order + 1 : after ? after.order - 1 : 0;
  const found = [{ id, order: middle }];
  if (!before || !after || (before.order < middle && middle < after.order)) return found;
  let last = before.order + 1;
  found[0] = { id, order: last };
  for (const one of others.slice(at)) {
    if (one.order > last) break;
    last += 1;
    found.push({ id: one.id, order: last });
  }
  return found;
}
