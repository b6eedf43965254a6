/** Deviations and steps of a plan in words. */

import type { Key } from "../../../core/i18n";
import type { Conformance, Deviation } from "../../../core/map/measured";
import type { Kind } from "../../../core/map/sidepaths";
import { f, t } from "../../../state/i18n.svelte";

export const KINDS: readonly Kind[] = ["missing", "ad_hoc", "irregular", "failed"];

/** Signs of the four kinds, beside which their names always stand. */
export const SIGNS: Record<Kind, string> = { missing: "↷", ad_hoc: "⤵", irregular: "↶", failed: "↻" };

/** What happened, e.g. "Call centre after Basket". `name`: of a planned step. */
export function sentence(deviation: Deviation, name: (step: string) => string): string {
  const { kind, step, touchpoint, after } = deviation;
  const words = { step: step === null ? "" : name(step), touchpoint: touchpoint ?? "", after: after === null ? "" : name(after) };
  if (kind === "missing" || kind === "failed") return t(`map.conformance.said.${kind}`, words);
  return t(`map.conformance.said.${kind}${after === null ? "_first" : ""}`, words);
}

/** What stands at a side path. */
export function label(deviation: Deviation): string {
  const n = f().number(deviation.people);
  return deviation.kind === "ad_hoc" ? `${short(deviation.touchpoint ?? "")} ${n}` : `${SIGNS[deviation.kind]} ${n}`;
}

const short = (text: string): string => (text.length > 22 ? `${text.slice(0, 21)}…` : text);

const CUTS = ["planned_steps", "without_planned_step", "long_traces", "deviations"];

/** What the comparison leaves out, a sentence each. */
export const cuts = ({ cut }: Conformance): string[] =>
  cut.filter((one) => CUTS.includes(one.what)).map((one) => t(`map.conformance.cut.${one.what}` as Key, { n: one.total - one.kept }));
