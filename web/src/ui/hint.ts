/** A note beside a thing while the pointer is on it or the focus is in it; Esc takes it away. */

import { mount, unmount } from "svelte";
import type { Attachment } from "svelte/attachments";
import HintNote from "./HintNote.svelte";

export interface Hint {
  title: string;
  lines: readonly string[];
}

const [OPEN_MS, CLOSE_MS, HOST_MS] = [140, 120, 700];
let count = 0;

/**
 * `<span {@attach hint(() => ({ title, lines }))}>`; what the note says is asked for when it opens; null says nothing.
 * With `host`, a selector, the note also opens when the keyboard rests on the thing's closest such ancestor.
 */
export function hint(say: () => Hint | null, host?: string): Attachment<HTMLElement | SVGElement> {
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
    const soon = (after: number) => {
      clearTimeout(timer);
      timer = setTimeout(open, after);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(close, CLOSE_MS);
    };
    const onkey = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    const rest = (event: Event) => {
      if (event.target === around && around?.matches(":focus-visible")) soon(HOST_MS);
    };

    const stops: (() => void)[] = [close];
    const listen = (on: Element, name: string, run: (event: Event) => void) => {
      on.addEventListener(name, run);
      stops.push(() => on.removeEventListener(name, run));
    };
    listen(thing, "pointerenter", () => soon(OPEN_MS));
    listen(thing, "pointerleave", later);
    listen(thing, "pointerdown", close);
    listen(thing, "focusin", open);
    listen(thing, "focusout", close);
    const around = host ? thing.closest(host) : null;
    if (around) {
      listen(around, "focusin", rest);
      listen(around, "focusout", close);
    }
    return () => {
      for (const stop of stops) stop();
    };
  };
}
