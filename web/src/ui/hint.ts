/** A note beside a thing while the pointer is on it or the focus is in it; Esc takes it away. */

import { mount, unmount } from "svelte";
import type { Attachment } from "svelte/attachments";
import HintNote from "./HintNote.svelte";

export interface Hint {
  title: string;
  lines: readonly string[];
}

const [OPEN_MS, CLOSE_MS] = [140, 120];
let count = 0;

/** `<span {@attach hint(() => ({ title, lines }))}>`; what the note says is asked for when it opens; null says nothing. */
export function hint(say: () => Hint | null): Attachment<HTMLElement | SVGElement> {
  return (thing) => {
    let note: ReturnType<typeof mount> | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const close = () => {
      clearTimeout(timer);
      if (!note) return;
      void unmount(note);
      note = null;
      thing.removeAttribute("aria-describedby");
      removeEventListener("keydown", onkey, true);
    };
    const open = () => {
      const content = note ? null : say();
      if (!content) return;
      const id = `hint-${(count += 1)}`;
      note = mount(HintNote, {
        target: document.body,
        props: { id, ...content, beside: thing.getBoundingClientRect(), onenter: () => clearTimeout(timer), onleave: later },
      });
      thing.setAttribute("aria-describedby", id);
      addEventListener("keydown", onkey, true);
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(open, OPEN_MS);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(close, CLOSE_MS);
    };
    const onkey = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };

    const events: [string, () => void][] = [
      ["pointerenter", soon], ["pointerleave", later], ["pointerdown", close], ["focusin", open], ["focusout", close],
    ];
    for (const [name, run] of events) thing.addEventListener(name, run);
    return () => {
      for (const [name, run] of events) thing.removeEventListener(name, run);
      close();
    };
  };
}
