/** A report while it is put together. */

import { recipients } from "../../../core/alerts";
import type { Language } from "../../../core/i18n";
import type { Period } from "../../../core/kpis";
import type { Report, ReportFields, ReportFormat, ReportPart } from "../../../core/reports";

export const CONTENTS = ["kpis", "dashboard", "map", "obstacles", "opportunities", "verdicts"] as const;
export type Content = (typeof CONTENTS)[number];

export class Draft {
  name = $state("");
  words = $state("");
  contents = $state.raw<readonly string[]>(["kpis", "obstacles"]);
  /** All of them, or only those that are chosen. */
  which = $state<string>("all");
  kpis = $state.raw<readonly string[]>([]);
  dashboard = $state("");
  map = $state("");
  language = $state<string>("en");
  formats = $state.raw<readonly string[]>(["pdf"]);
  every = $state<string>("");
  at = $state("08:00");
  weekday = $state("0");
  day = $state("1");
  to = $state("");
  readonly #was: Report | null;

  constructor(was: Report | null, language: string) {
    this.#was = was;
    this.language = was?.language ?? language;
    if (!was) return;
    this.name = was.name;
    this.contents = was.parts.map((part) => part.part).filter((part) => part !== "text");
    for (const part of was.parts) {
      if (part.part === "text") this.words = part.text;
      if (part.part === "kpis" && part.kpis.length) [this.which, this.kpis] = ["some", part.kpis];
      if (part.part === "map") this.map = part.map;
      if (part.part === "dashboard") this.dashboard = part.dashboard;
    }
    this.formats = was.formats;
    this.to = was.to.join(", ");
    if (!was.schedule) return;
    const { every, hour, minute, weekday, day } = was.schedule;
    this.every = every;
    this.at = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
    this.weekday = String(weekday ?? 0);
    this.day = String(day ?? 1);
  }

  /** What is missing. */
  missing(): "name" | "parts" | "formats" | "kpis" | "dashboard" | "map" | null {
    if (!this.name.trim()) return "name";
    if (!this.contents.length && !this.words.trim()) return "parts";
    if (this.contents.includes("kpis") && this.which === "some" && !this.kpis.length) return "kpis";
    if (this.contents.includes("dashboard") && !this.dashboard) return "dashboard";
    if (this.contents.includes("map") && !this.map) return "map";
    return this.formats.length ? null : "formats";
  }

  written(): ReportFields {
    return {
      name: this.name.trim(),
      description: this.#was?.description ?? "",
      parts: [...(this.words.trim() ? [{ part: "text" as const, title: this.#title(), text: this.words.trim() }] : []), ...this.#parts()],
      language: this.language as Language,
      formats: this.formats as ReportFormat[],
      schedule: this.#schedule(),
      to: recipients(this.to),
    };
  }

  #title(): string {
    const before = this.#was?.parts.find((part) => part.part === "text");
    return before?.part === "text" ? before.title : this.name.trim();
  }

  /** In the order they are offered; what was said of a part that stays goes along. */
  #parts(): ReportPart[] {
    const known = <P extends Content>(content: P) => this.#was?.parts.find((part): part is Extract<ReportPart, { part: P }> => part.part === content);
    const made: Record<Content, ReportPart> = {
      kpis: { ...(known("kpis") ?? { part: "kpis" as const, by: "week" as const }), kpis: this.which === "some" ? [...this.kpis] : [] },
      dashboard: { part: "dashboard", dashboard: this.dashboard },
      map: { part: "map", map: this.map },
      obstacles: { part: "obstacles", most: 10 },
      opportunities: { part: "opportunities", most: 10 },
      verdicts: { part: "verdicts" },
    };
    const chosen = CONTENTS.filter((content) => this.contents.includes(content));
    return chosen.map((content) => (["kpis", "map", "dashboard"].includes(content) ? made[content] : (known(content) ?? made[content])));
  }

  #schedule(): ReportFields["schedule"] {
    if (!this.every) return null;
    const [hour = 8, minute = 0] = this.at.split(":").map(Number);
    return { every: this.every as Period, hour, minute, weekday: this.every === "week" ? Number(this.weekday) : null, day: this.every === "month" ? Math.min(31, Math.max(1, Math.round(Number(this.day)) || 1)) : null };
  }
}
