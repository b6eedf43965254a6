/** What happens on the grid besides gestures: focus, clicks, keys, the wheel, the clipboard, files that are dropped. */

import { choose } from "./choosing";
import { oncopy, onpaste } from "./clipboard";
import { addCard } from "./doing";
import type { Grid } from "./grid.svelte";
import { dropFiles } from "./files";
import { onKey } from "./keyboard";

const INSIDE = "button, a, input, textarea, select, [role=slider]";
const idOf = (event: Event): string | undefined => (event.target as HTMLElement).closest<HTMLElement>("[data-id]")?.dataset["id"];

/** Listens on the viewport; the returned function stops. */
export function events(grid: Grid, viewport: HTMLElement): () => void {
  const { session } = grid;
  const stop = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(name: K, run: (event: HTMLElementEventMap[K]) => void, options: AddEventListenerOptions = {}) =>
    viewport.addEventListener(name, run, { ...options, signal: stop.signal });

  let frame = 0;
  on("scroll", () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      grid.scrolled();
    });
  }, { passive: true });

  on("focusin", (event) => {
    const id = idOf(event);
    grid.held = true;
    if (id !== undefined && session.focus !== id) session.focus = id;
  });
  on("focusout", (event) => {
    const next = event.relatedTarget;
    if (next instanceof Node && !viewport.contains(next)) grid.held = false;
    if (next === null) queueMicrotask(() => (event.target as HTMLElement).isConnected && (grid.held = false)); // else it was taken away
  });

  on("click", (event) => {
    const target = event.target as HTMLElement;
    const id = idOf(event);
    if (target.closest("[data-add]") && id !== undefined) return addCard(grid, id);
    if (id === undefined || target.closest(INSIDE) || grid.editing) return;
    choose(grid, id, event);
  });
  on("dblclick", (event) => {
    const id = idOf(event);
    if (id === undefined || (event.target as HTMLElement).closest(INSIDE) || session.readonly || grid.editing) return;
    if (id.includes(":")) addCard(grid, id);
    else grid.editing = id;
  });
  on("contextmenu", (event) => {
    const id = idOf(event);
    if (id === undefined || grid.editing || session.readonly) return;
    event.preventDefault();
    session.focus = id;
    if (!session.selection.has(id)) session.select(id.includes(":") ? [] : [id]);
    grid.menu = { id, x: event.clientX, y: event.clientY };
  });
  on("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !onKey(grid, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  on("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = viewport.getBoundingClientRect();
    grid.zoomTo(grid.zoom * Math.exp(-event.deltaY / 400), { x: event.clientX - box.left, y: event.clientY - box.top });
  }, { passive: false });
  on("copy", (event) => oncopy(grid, event, false));
  on("cut", (event) => oncopy(grid, event, true));
  on("paste", (event) => onpaste(grid, event));
  on("dragover", (event) => event.dataTransfer?.types.includes("Files") && !session.readonly && event.preventDefault());
  on("drop", (event) => dropFiles(grid, event, idOf(event)));
  return () => {
    cancelAnimationFrame(frame);
    stop.abort();
  };
}
