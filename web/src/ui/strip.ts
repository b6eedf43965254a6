/** One tab stop for a row of things: left and right arrows walk its buttons, links and sliders, Home and End go to its ends. */

import type { Attachment } from "svelte/attachments";

const THINGS = "button, a[href], [role=slider]";

/** For `<div {@attach strip}>`; things stand in the order of the document and may come and go. */
export const strip: Attachment<HTMLElement> = (row) => {
  let current: HTMLElement | null = null;
  const things = (): HTMLElement[] => [...row.querySelectorAll<HTMLElement>(THINGS)];

  function mark(): void {
    const all = things();
    if (!current || !all.includes(current)) current = all[0] ?? null;
    for (const thing of all) {
      const index = thing === current ? 0 : -1;
      if (thing.tabIndex !== index) thing.tabIndex = index;
    }
  }

  function onfocus(event: FocusEvent): void {
    current = (event.target as HTMLElement).closest<HTMLElement>(THINGS) ?? current;
    mark();
  }

  function onkey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const all = things();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = all[Math.max(0, Math.min(all.length - 1, to))];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  mark();
  const watch = new MutationObserver(mark);
  watch.observe(row, { childList: true, subtree: true });
  row.addEventListener("focusin", onfocus);
  row.addEventListener("keydown", onkey);
  return () => {
    watch.disconnect();
    row.removeEventListener("focusin", onfocus);
    row.removeEventListener("keydown", onkey);
  };
};
