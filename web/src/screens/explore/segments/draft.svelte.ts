/** The segment in the builder: its form or its text, and what the server makes of it. */

import { tick } from "svelte";
import type { Condition, Segment, SegmentCheck, SegmentKind } from "../../../core/types";
import { api } from "../../../state/api";
import { asApiError } from "../../../state/resource.svelte";
import type { Chosen } from "../frame";
import { added, beside, changed, joined } from "./edit";
import { fieldRow, group, toCondition, toForm, type Group, type Item, type Join } from "./form";

export type View = "form" | "text";

export class Draft {
  of = $state<SegmentKind>("people");
  view = $state<View>("form");
  form = $state.raw<Group>(group("all", [fieldRow()]));
  text = $state("");
  name = $state("");
  check = $state.raw<SegmentCheck | null>(null);
  checking = $state(false);

  /** What is sent, or null while a row is not filled in. */
  readonly where: Condition | string | null = $derived(this.view === "form" ? toCondition(this.form) : this.text.trim() || null);
  readonly error: string | null = $derived(this.check?.error ? (typeof this.check.error === "string" ? this.check.error : this.check.error.message) : null);
  /** Whether the server understood what stands here now. */
  readonly good: boolean = $derived(this.where !== null && !this.checking && this.check !== null && this.error === null);

  /** Starts with a segment that is there, or afresh. */
  async start(from: Chosen | null): Promise<void> {
    this.check = null;
    this.name = from && "saved" in from ? from.saved : "";
    if (from === null) return;
    const segment: Segment = "saved" in from ? await api.segment(from.saved) : from;
    this.of = segment.of;
    const told = typeof segment.where === "string" ? await this.#ask(segment, new AbortController().signal) : null;
    const where = told?.segment?.where ?? segment.where;
    if (typeof where === "string") {
      [this.view, this.text] = ["text", where];
    } else this.form = toForm(where);
  }

  /** Asks the server what stands here; older questions are dropped. */
  look(): () => void {
    const [where, of] = [this.where, this.of];
    const stop = new AbortController();
    if (where === null) {
      [this.check, this.checking] = [null, false];
      return () => undefined;
    }
    this.checking = true;
    const timer = setTimeout(() => {
      this.#ask({ of, where }, stop.signal).then((told) => {
        if (!stop.signal.aborted) [this.check, this.checking] = [told, false];
      }, () => undefined);
    }, 200);
    return () => (clearTimeout(timer), stop.abort());
  }

  async #ask(segment: Segment, signal: AbortSignal): Promise<SegmentCheck> {
    try {
      return await api.checkSegment(segment, { signal });
    } catch (error) {
      if (signal.aborted) throw error;
      return { segment: null, text: null, people: null, events: null, error: asApiError(error).message };
    }
  }

  /** Shows the same as sentences or as text. */
  show(view: View): void {
    const where = this.check?.segment?.where;
    if (view === "text") this.text = this.check?.text ?? this.text;
    else if (this.view === "text" && where && typeof where !== "string") this.form = toForm(where);
    this.view = view;
  }

  change = (id: number, change: (item: Item) => Item | null): void => {
    const [before, next] = [this.form, changed(this.form, id, change)];
    const gone = count(next) < count(before);
    this.form = next;
    if (gone) void focus(`[data-item="${beside(before, id)}"] button, [data-item="${beside(before, id)}"] select`, "[data-add] button");
  };

  add = (into: number, item: Item): void => {
    this.form = added(this.form, into, item);
    void focus(`[data-item="${item.id}"] select, [data-item="${item.id}"] input`);
  };

  join = (id: number, join: Join): void => {
    this.form = joined(this.form, id, join);
  };
}

const count = (form: Group): number => form.items.length + form.items.reduce((n, item) => n + (item.kind === "group" ? count(item) : item.kind === "did" && item.where ? count(item.where) : 0), 0);

/** Moves the focus to the first of what the selectors name, in their order. */
async function focus(...selectors: string[]): Promise<void> {
  await tick();
  for (const selector of selectors) {
    const found = document.querySelector<HTMLElement>(`dialog[open] ${selector.split(", ").join(", dialog[open] ")}`);
    if (found) return found.focus();
  }
}
