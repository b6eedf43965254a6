/** Keeps the buttons inside a head out of the tab order until the head has the focus, so that the grid is one stop. */

import type { Attachment } from "svelte/attachments";

export function inside(open: () => boolean): Attachment<HTMLElement> {
  return (box) => {
    const index = open() ? 0 : -1;
    const mark = () => {
      for (const thing of box.querySelectorAll<HTMLElement>("button, a[href]")) if (thing.tabIndex !== index) thing.tabIndex = index;
    };
    mark();
    const watch = new MutationObserver(mark);
    watch.observe(box, { childList: true, subtree: true });
    return () => watch.disconnect();
  };
}
