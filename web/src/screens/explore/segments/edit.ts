/** Changes to a segment's form; each gives a new form and leaves the old as it was. Ids are unique over all groups, inner ones included. */

import type { Group, Item } from "./form";

/** The item with `change` applied to the group that lies in it, if one does. */
function inside(item: Item, change: (group: Group) => Group): Item {
  if (item.kind === "group") return change(item);
  return item.kind === "did" && item.where ? { ...item, where: change(item.where) } : item;
}

const innerOf = (item: Item): Group | null => (item.kind === "group" ? item : item.kind === "did" ? item.where : null);

/** The form with the item of that id replaced, or taken out where `change` gives null. */
export function changed(form: Group, id: number, change: (item: Item) => Item | null): Group {
  const items = form.items.flatMap((item): Item[] => {
    if (item.id !== id) return [inside(item, (group) => changed(group, id, change))];
    const next = change(item);
    return next ? [next] : [];
  });
  return { ...form, items };
}

/** The form with an item added to the group of that id. */
export function added(form: Group, into: number, item: Item): Group {
  if (form.id === into) return { ...form, items: [...form.items, item] };
  return { ...form, items: form.items.map((one) => inside(one, (group) => added(group, into, item))) };
}

export function joined(form: Group, id: number, join: Group["join"]): Group {
  if (form.id === id) return { ...form, join };
  return { ...form, items: form.items.map((one) => inside(one, (group) => joined(group, id, join))) };
}

/** The item to focus once the one of that id is gone: the one before it, else the one after it; null if none is left. */
export function beside(form: Group, id: number): number | null {
  const at = form.items.findIndex((item) => item.id === id);
  if (at >= 0) return form.items[at - 1]?.id ?? form.items[at + 1]?.id ?? null;
  return form.items.map(innerOf).reduce<number | null>((found, group) => found ?? (group ? beside(group, id) : null), null);
}
