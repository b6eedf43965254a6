/** Which fields of its events each kind of KPI is counted by; what must be said comes from the server (`needs`). */

import type { FromEvents, KpiKind } from "../../../core/kpis";

export type EventsField = "touchpoints" | "start" | "goal" | "refunds" | "channels" | "property" | "survey" | "question" | "within";

const SCORES: readonly EventsField[] = ["touchpoints", "survey", "question"];
const BY_KIND: Record<string, readonly EventsField[]> = {
  conversion: ["start", "goal", "within"],
  response_rate: ["start", "goal", "within"],
  cart_abandonment: ["start", "goal"],
  self_service_rate: ["start", "goal", "within"],
  handling_time: ["start", "goal", "within", "touchpoints", "property"],
  waiting_time: ["start", "goal", "within", "touchpoints", "property"],
  time_to_value: ["start", "goal"],
  reaching_value: ["start", "goal"],
  repeat_contact: ["touchpoints", "within", "property"],
  fcr: ["touchpoints", "within", "property"],
  aov: ["touchpoints", "refunds"],
  referral_share: ["start", "goal"],
  people: ["touchpoints"],
  digital_adoption: ["channels", "touchpoints"],
  churn_non_contractual: ["touchpoints", "within"],
  crr: ["start", "goal"],
  churn: ["start", "goal"],
  churn_annual: ["start", "goal"],
};

export const fieldsOf = (kind: Pick<KpiKind, "kind" | "family">): readonly EventsField[] => BY_KIND[kind.kind] ?? (kind.family === "scores" ? SCORES : ["touchpoints"]);

export const LISTS = ["touchpoints", "start", "goal", "refunds", "channels"] as const;
export const isList = (field: EventsField): field is (typeof LISTS)[number] => (LISTS as readonly string[]).includes(field);

export const SPANS = ["1d", "3d", "7d", "14d", "30d", "60d", "90d", "180d", "365d"] as const;

export const NO_EVENTS: FromEvents = { origin: "events", touchpoints: [], start: [], goal: [], within: null, refunds: [], channels: [], property: null, survey: null, question: null, scale: null };

/** The kinds whose name, family or sentence has all the words. */
export function searched(kinds: readonly KpiKind[], text: string): KpiKind[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return kinds.filter((kind) => {
    const said = `${kind.kind} ${kind.name} ${kind.family_name} ${kind.formula}`.toLocaleLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** A number as people type it, with a comma or a point; null for nothing, NaN for no number. */
export function typed(text: string): number | null {
  const plain = text.trim().replace(/\s|\u00a0/g, "").replace(",", ".");
  return plain === "" ? null : Number(plain);
}
