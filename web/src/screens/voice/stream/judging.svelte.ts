/** What is said of the texts on a page, and corrections by hand, shown at once. */

import type { FeedbackItem, JudgedText, Polarity } from "../../../core/feedback";
import { t } from "../../../state/i18n.svelte";
import { announce, toast } from "../../../state/live.svelte";
import { asApiError, resource } from "../../../state/resource.svelte";
import { feedback } from "../../../state/voice";

/** A label as it is shown. */
export type Judged = Pick<JudgedText, "label" | "judged_by" | "probability">;

/** Call while a component is set up. */
export class Judging {
  /** How many corrections were kept; what counts labels is counted again when it grows. */
  kept = $state(0);
  #byHand = $state.raw<ReadonlyMap<string, Polarity>>(new Map());
  readonly #items: () => readonly FeedbackItem[];
  readonly #events = $derived.by(() => this.#items().filter((one) => one.text).map((one) => one.id));
  readonly #told = resource((signal) => (this.#events.length ? feedback.judged(this.#events, new URLSearchParams(), { signal }) : null));
  readonly #labels = $derived(new Map(this.#told.data?.texts.map((one) => [one.event, one])));

  constructor(items: () => readonly FeedbackItem[]) {
    this.#items = items;
  }

  /** What is said of an item's text; null while it is not known. */
  of(item: FeedbackItem): Judged | null {
    const hand = item.text === null ? undefined : this.#byHand.get(item.text);
    if (hand) return { label: hand, judged_by: "correction", probability: null };
    return this.#labels.get(item.id) ?? null;
  }

  /** Says what a text says; it becomes a label of all texts with the same words. */
  async correct(item: FeedbackItem, label: Polarity): Promise<void> {
    const { text } = item;
    if (text === null) return;
    const before = this.#byHand;
    this.#byHand = new Map([...before, [text, label]]);
    try {
      await feedback.correct(text, label);
      this.kept += 1;
      announce(t("voice.sentiment.kept", { label: t(`voice.label.${label}`) }));
    } catch (error) {
      this.#byHand = before;
      toast(asApiError(error).message, "bad");
    }
  }
}
