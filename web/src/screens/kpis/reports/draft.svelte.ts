/** A report while it is put together. */

import { recipients } from "../../../core/alerts";
import type { Language } from "../../../core/i18n";
import type { Period } from "../../../core/kpis";
import type { Report, ReportFields, ReportFormat, ReportPart } from "../../../core/reports";

export const CONTENTS = ["kpis", "dashboard", "map", "obstacles", "opportunities", "verdicts"] as const;
export type Content = (typeof CONTENTS)[number];

type KpisPart = Extract<ReportPart, { part: "kpis" }>;

/** A part with KPIs of its own. */
export interface Section {
  key: number;
  /** Above them; the word for KPIs if empty. */
  title: string;
  /** All of them, or only those that are chosen. */
  which: string;
  kpis: readonly string[];
  was: KpisPart | null;
}

export class Draft {
  name = $state("");
  words = $state("");
  contents = $state.raw<readonly string[]>(["kpis", "obstacles"]);
  sections = $state<Section[]>([]);
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
    for (const part of was?.parts ?? []) if (part.part === "kpis") this.add(part);
    if (!this.sections.length) this.add();
    if (!was) return;
    this.name = was.name;
    this.contents = [...new Set(was.parts.map((part) => part.part))].filter((part) => part !== "text");
    this.words = this.#known("text")[0]?.text ?? "";
    this.map = this.#known("map")[0]?.map ?? "";
    this.dashboard = this.#known("dashboard")[0]?.dashboard ?? "";
    this.formats = was.formats;
    this.to = was.to.join(", ");
    if (!was.schedule) return;
    const { every, hour, minute, weekday, day } = was.schedule;
    this.every = every;
    this.at = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
    this.weekday = String(weekday ?? 0);
    this.day = String(day ?? 1);
  }

  /** Another part with KPIs. */
  add(was: KpisPart | null = null): void {
    const key = Math.max(0, ...this.sections.map((one) => one.key)) + 1;
    this.sections.push({ key, title: was?.title ?? "", which: was?.kpis.length || (!was && this.sections.length) ? "some" : "all", kpis: was?.kpis ?? [], was });
  }

  drop(key: number): void {
    this.sections = this.sections.filter((one) => one.key !== key);
  }

  /** What is missing. */
  missing(): "name" | "parts" | "formats" | "kpis" | "dashboard" | "map" | null {
    if (!this.name.trim()) return "name";
    if (!this.contents.length && !this.words.trim()) return "parts";
    if (this.contents.includes("kpis") && this.sections.some((one) => one.which === "some" && !one.kpis.length)) return "kpis";
    if (this.contents.includes("dashboard") && !this.dashboard) return "dashboard";
    if (this.contents.includes("map") && !this.map) return "map";
    return this.formats.length ? null : "formats";
  }

  written(): ReportFields {
    return {
      name: this.name.trim(),
      description: this.#was?.description ?? "",
      parts: [...this.#texts(), ...this.#parts()],
      language: this.language as Language,
      formats: this.formats as ReportFormat[],
      schedule: this.#schedule(),
      to: recipients(this.to),
    };
  }

  #known<P extends ReportPart["part"]>(kind: P): Extract<ReportPart, { part: P }>[] {
    return (this.#was?.parts ?? []).filter((part): part is Extract<ReportPart, { part: P }> => part.part === kind);
  }

  #texts(): ReportPart[] {
    const [first, ...others] = this.#known("text");
    return [...(this.words.trim() ? [{ part: "text" as const, title: first?.title ?? this.name.trim(), text: this.words.trim() }] : []), ...others];
  }

  /** In the order they are offered; what was said of a part that stays, and what was made elsewhere, goes along. */
  #parts(): ReportPart[] {
    const made: Record<Content, () => ReportPart[]> = {
      kpis: () => this.sections.map((one) => this.#section(one)),
      dashboard: () => [{ part: "dashboard", dashboard: this.dashboard }, ...this.#known("dashboard").slice(1)],
      map: () => [{ part: "map", map: this.map }, ...this.#known("map").slice(1)],
      obstacles: () => this.#kept("obstacles", { part: "obstacles", most: 10 }),
      opportunities: () => this.#kept("opportunities", { part: "opportunities", most: 10 }),
      verdicts: () => this.#kept("verdicts", { part: "verdicts" }),
    };
    return CONTENTS.filter((content) => this.contents.includes(content)).flatMap((content) => made[content]());
  }

  #kept(kind: Content, fresh: ReportPart): ReportPart[] {
    const known = this.#known(kind);
    return known.length ? known : [fresh];
  }

  #section({ title, which, kpis, was }: Section): KpisPart {
    const named = title.trim() ? { title: title.trim() } : was?.title ? { title: null } : {};
    return { ...($state.snapshot(was) ?? { part: "kpis" as const, by: "week" as const }), ...named, kpis: which === "some" ? [...kpis] : [] };
  }

  #schedule(): ReportFields["schedule"] {
    if (!this.every) return null;
    const [hour = 8, minute = 0] = this.at.split(":").map(Number);
    return { every: this.every as Period, hour, minute, weekday: this.every === "week" ? Number(this.weekday) : null, day: this.every === "month" ? Math.min(31, Math.max(1, Math.round(Number(this.day)) || 1)) : null };
  }
}
