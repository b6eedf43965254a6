/** The reader of Markdown, loaded when the first text with marks is shown. */

import { hasMarks } from "../core/map/markdown";

class RichText {
  #read = $state.raw<((text: string) => string) | null>(null);
  #asked: Promise<void> | null = null;

  /** Safe HTML of a text with marks; null while its reader is on its way, or where the text is a paragraph as it stands. */
  html(text: string): string | null {
    return hasMarks(text) ? (this.#read?.(text) ?? null) : null;
  }

  /** Loads the reader if the text has marks. */
  need(text: string): void {
    if (this.#read || this.#asked || !hasMarks(text)) return;
    this.#asked = import("../core/map/richtext").then(
      ({ markdown }) => void (this.#read = markdown),
      () => void (this.#asked = null),
    );
  }
}

export const richText = new RichText();
