/** Sentences about figures and their evidence, for notes beside them and for screen readers. */

import type { Key } from "../../../core/i18n";
import type { Formula, ScoreScale } from "../../../core/map/document";
import { emotionText, interval } from "../../../core/map/figures";
import type { EmotionPoint, Figure, Proof } from "../../../core/map/measured";
import { f, t } from "../../../state/i18n.svelte";
import type { Hint } from "../../../ui/hint";

export const needsText = (needs: string): string => t(`map.needs.${needs}` as Key);

/** n, window, last day and freshness of a proof, a line each. */
export function proofLines(proof: Proof): string[] {
  const { since, until, last_true: last } = proof;
  return [
    t("evidence.n", { n: f().number(proof.n) }) + (since && until ? ` · ${f().date(since)} – ${f().date(until)}` : ""),
    ...(last ? [t("map.evidence.last", { day: f().date(last) })] : []),
    ...(proof.grade === "assumed" ? [] : [t("map.evidence.fresh", { share: f().percent(proof.freshness) })]),
  ];
}

/** How something is known; of what is not, what would measure it. */
export function proofHint(proof: Proof | null, needs: string | null): Hint {
  const known = proof && proof.grade !== "assumed";
  return {
    title: t(`evidence.${proof?.grade ?? "assumed"}`),
    lines: [...(known ? proofLines(proof) : []), ...(needs ? [needsText(needs)] : [])],
  };
}

/** A value set by hand on the emotion scale; quarters keep their two decimals. */
export const handText = (value: number): string => f().fixed(value, Number.isInteger(value * 10) ? 1 : 2, true);

export function intervalText(figure: Figure): string {
  const ends = interval(figure, f());
  return ends ? t("map.interval", ends) : "";
}

export function figureHint(title: string, figure: Figure): Hint {
  return { title, lines: [intervalText(figure), ...proofLines(figure.proof)].filter(Boolean) };
}

const SCALES = ["csat", "ces", "nps"] as const;

/** What a text counts, as the server has it. */
const POLARITIES = [["negative", -1.5], ["neutral", 0], ["positive", 1.5]] as const;

/** A formula as it is computed, e.g. "CSAT: (s − 3) / 1". */
export const formulaText = (scale: ScoreScale, formula: Formula): string =>
  `${scale.toUpperCase()}: (s \u2212 ${f().decimal(formula.centre, 2)}) / ${f().decimal(formula.divisor, 2)}`;

/** A point of the emotion curve: value, interval, n, answers by scale and how each became an emotion. */
export function pointHint(name: string, point: EmotionPoint, formulas: Record<ScoreScale, Formula> | null): Hint {
  if (point.value === null) return { title: name, lines: [t("map.emotion.gap")] };
  const ends = point.low !== null && point.high !== null ? t("map.interval", { low: f().fixed(point.low, 2, true), high: f().fixed(point.high, 2, true) }) : "";
  const scales = SCALES.filter((scale) => point.by_scale[scale]).map((scale) => {
    const answers = t("map.emotion.answers", { n: point.by_scale[scale] ?? 0 });
    return `${formulas ? formulaText(scale, formulas[scale]) : scale.toUpperCase()} · ${answers}`;
  });
  const labels = POLARITIES.filter(([label]) => point.by_label[label]).map(([label, felt]) => `${t(`map.emotion.${label}`)} = ${f().fixed(felt, 1, true)} · ${t("map.emotion.texts", { n: point.by_label[label] ?? 0 })}`);
  const open = labels.length ? [t("map.emotion.left_open")] : [];
  return { title: `${name}: ${emotionText(point, point.value, f())}`, lines: [ends, ...proofLines(point.proof), ...scales, ...labels, ...open].filter(Boolean) };
}
