/** One tab stop for a whole table: arrow keys walk the buttons and links in its cells, Home and End go to the row's ends. */

import type { Attachment } from "svelte/attachments";
import { settle, walk, type Place, type Sizes, type Step } from "../core/walk";

const STEPS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "mod+Home", "mod+End"]);

/** For `<table {@attach roving}>`; rows and cells may come and go. */
export const roving: Attachment<HTMLTableElement> = (table) => {
  let place: Place = { row: 0, column: 0, item: 0 };

  const things = (row: number, column: number): HTMLElement[] => [
    ...(table.rows[row]?.cells[column]?.querySelectorAll<HTMLElement>("button, a[href]") ?? []),
  ];
  const sizes = (): Sizes => [...table.rows].map((row, r) => [...row.cells].map((_, c) => things(r, c).length));

  function mark(): void {
    place = settle(sizes(), place);
    const chosen = things(place.row, place.column)[place.item];
    for (const thing of table.querySelectorAll<HTMLElement>("button, a[href]")) {
      const index = thing === chosen ? 0 : -1;
      if (thing.tabIndex !== index) thing.tabIndex = index;
    }
  }

  function onfocus(event: FocusEvent): void {
    const thing = (event.target as HTMLElement).closest<HTMLElement>("button, a[href]");
    const cell = thing?.closest<HTMLTableCellElement>("td, th");
    const row = cell?.closest("tr");
    if (!thing || !cell || !row) return;
    place = { row: row.rowIndex, column: cell.cellIndex, item: things(row.rowIndex, cell.cellIndex).indexOf(thing) };
    mark();
  }

  function onkey(event: KeyboardEvent): void {
    const key = (event.ctrlKey || event.metaKey ? "mod+" : "") + event.key;
    if (!STEPS.has(key) || event.altKey) return;
    event.preventDefault();
    place = walk(sizes(), place, key as Step);
    mark();
    const thing = things(place.row, place.column)[place.item];
    thing?.focus({ preventScroll: true });
    thing?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  mark();
  const watch = new MutationObserver(mark);
  watch.observe(table, { childList: true, subtree: true });
  table.addEventListener("focusin", onfocus);
  table.addEventListener("keydown", onkey);
  return () => {
    watch.disconnect();
    table.removeEventListener("focusin", onfocus);
    table.removeEventListener("keydown", onkey);
  };
};
