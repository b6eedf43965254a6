/** A KPI while it is written: what was said so far, and what is missing before the server is asked. */

import type { Key } from "../../../core/i18n";
import type { FromEvents, Kpi, KpiKind, KpiSource, KpiWritten, Origin } from "../../../core/kpis";
import { fieldsOf, isList, NO_EVENTS, typed } from "./fields";

export class Draft {
  name = $state("");
  kind = $state.raw<KpiKind | null>(null);
  origin = $state<Origin>("events");
  events = $state.raw<FromEvents>(NO_EVENTS);
  /** Name of the saved question. */
  question = $state("");
  target = $state("");
  by = $state("");
  owner = $state("");
  currency = $state("");
  description = $state("");
  touchpoint = $state("");
  stage = $state("");
  serves = $state("");
  readonly was: Kpi | null;

  constructor(was: Kpi | null, kind: KpiKind | null) {
    this.was = was;
    if (!was || !kind) return;
    this.name = was.name;
    this.kind = kind;
    this.origin = was.source.origin;
    if (was.source.origin === "events") this.events = was.source;
    this.target = was.target ? String(Number((was.target.value * this.#scale).toPrecision(12))) : "";
    this.by = was.target?.by ?? "";
    this.owner = was.owner ?? "";
    this.currency = was.currency ?? "";
    this.description = was.description;
    this.touchpoint = was.place.touchpoint ?? "";
    this.stage = was.place.stage ?? "";
    this.serves = was.serves ?? "";
  }

  /** Targets of shares are typed as percentages. */
  get #scale(): number {
    return this.kind?.unit === "share" ? 100 : 1;
  }

  /** Where the figures of a kind can come from. */
  get origins(): Origin[] {
    return [...(this.kind?.from_events ? ["events" as const] : []), ...(this.kind?.kind === "share" ? ["question" as const] : []), "imported", "typed"];
  }

  choose(kind: KpiKind): void {
    this.kind = kind;
    if (!this.origins.includes(this.origin)) this.origin = this.origins[0] ?? "typed";
    if (kind.from_events && !this.was) this.origin = "events";
  }

  /** What is missing or cannot be, as a text's key. */
  missing(today: string): Key | null {
    if (!this.kind) return "kpi.new.needs_kind";
    if (!this.name.trim()) return "kpi.new.needs_name";
    if (this.origin === "question" && !this.question && this.was?.source.origin !== "question") return "kpi.new.needs_question";
    if (this.origin === "events" && this.kind.needs.some((need) => !(this.events[need as keyof FromEvents] as string[] | null)?.length)) return "kpi.new.needs_events";
    const target = typed(this.target);
    if (Number.isNaN(target)) return "kpi.new.target_no_number";
    if (target === null && this.by) return "kpi.new.day_without_target";
    if (this.by && this.by < today && this.by !== this.was?.target?.by) return "kpi.new.target_past";
    return null;
  }

  written(questions: readonly { name: string; question: string; fields: Record<string, unknown> }[]): KpiWritten {
    const target = typed(this.target);
    return {
      name: this.name.trim(),
      kind: this.kind?.kind ?? "",
      source: this.#source(questions),
      target: target === null ? null : { value: target / this.#scale, by: this.by || null },
      owner: this.owner.trim() || null,
      currency: this.kind?.unit === "money" ? this.currency.trim().toUpperCase() || null : null,
      description: this.description.trim(),
      place: { touchpoint: this.touchpoint || null, stage: this.stage || null, channel: this.was?.place.channel ?? null, map: this.was?.place.map ?? null },
      serves: this.serves || null,
    };
  }

  #source(questions: readonly { name: string; question: string; fields: Record<string, unknown> }[]): KpiSource {
    const before = this.was?.source;
    if (this.origin === "events") return this.#counted();
    if (this.origin === "question") {
      const chosen = questions.find((one) => one.name === this.question);
      if (!chosen && before?.origin === "question") return before;
      return { origin: "question", question: chosen?.question ?? "", fields: chosen?.fields ?? {}, label: null };
    }
    return { origin: this.origin, readings: before && "readings" in before ? before.readings : [] };
  }

  /** Only what the kind is counted by: what was said for another kind does not go along. */
  #counted(): FromEvents {
    const fields = this.kind ? fieldsOf(this.kind) : [];
    const kept: Record<string, unknown> = {};
    for (const field of fields) kept[field] = isList(field) ? this.events[field] : this.events[field] || null;
    return { ...NO_EVENTS, scale: this.events.scale, ...kept };
  }
}
