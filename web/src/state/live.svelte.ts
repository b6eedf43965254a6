/** What is said to screen readers, and short notes that everyone sees. */

export interface Note {
  id: number;
  text: string;
  kind: "info" | "bad";
}

class Live {
  spoken = $state("");
  notes = $state<Note[]>([]);
  #id = 0;

  /** Says a sentence to screen readers only. */
  announce(text: string): void {
    this.spoken = this.spoken === text ? `${text}\u00a0` : text;
  }

  /** Shows a short note for six seconds (an error stays until it is closed) and says it. */
  toast(text: string, kind: Note["kind"] = "info"): void {
    const id = (this.#id += 1);
    this.notes.push({ id, text, kind });
    this.announce(text);
    if (kind === "info") setTimeout(() => this.close(id), 6000);
  }

  close(id: number): void {
    this.notes = this.notes.filter((n) => n.id !== id);
  }
}

export const live = new Live();
export const announce = (text: string): void => live.announce(text);
export const toast = (text: string, kind?: Note["kind"]): void => live.toast(text, kind);
