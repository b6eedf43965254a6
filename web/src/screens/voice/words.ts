/** Words for what people said: scores in their scale, languages, labels. */

import { BANDS, type Bucket, type FeedbackCount, type FeedbackItem, type Scale, type Verdict } from "../../core/feedback";
import { f, i18n, t } from "../../state/i18n.svelte";

/** The greatest score of a scale that has one. */
const TOP: Partial<Record<Scale, number>> = { nps: 10, csat_5: 5, csat_7: 7, csat_10: 10, ces2_7: 7, ces1_5: 5, stars_5: 5 };
const SATISFACTION = ["satisfied", "neutral", "unsatisfied"] as const;
const EASE = ["easy", "neutral", "hard"] as const;
/** What the good, the neutral and the bad band of a scale are called. */
export const BUCKETS: Partial<Record<Scale, readonly (Bucket | null)[]>> = {
  nps: ["promoters", "passives", "detractors"],
  csat_5: SATISFACTION, csat_7: SATISFACTION, csat_10: SATISFACTION, stars_5: SATISFACTION,
  ces2_7: EASE, ces1_5: EASE, thumbs: ["up", null, "down"],
};

/** Topics and the emotion curve call a guessed scale by its family. */
const FAMILY: Record<string, Scale> = { csat: "csat_5", ces: "ces2_7" };
export const scaleName = (scale: string | null): string => (scale === null ? t("voice.scale.none") : t(`voice.scale.${FAMILY[scale] ?? (scale as Scale)}`));

/** A score with its scale and where it stands on it, such as "9 of 10, a promoter"; null without an answer. */
export function scoreSaid(item: Pick<FeedbackItem, "score" | "scale" | "band" | "answer">): string | null {
  const { score, scale } = item;
  if (scale === "thumbs" && score !== null) return t(score > 0 ? "voice.score.thumbs_up" : "voice.score.thumbs_down");
  if (scale === "choice") return item.answer === null ? null : t("voice.score.choice", { answer: item.answer });
  if (score === null) return null;
  const top = scale ? TOP[scale] : undefined;
  if (!scale || top === undefined) return t("voice.score.number", { score: f().decimal(score, 2) });
  const bucket = item.band ? BUCKETS[scale]?.[BANDS.indexOf(item.band)] : null;
  const said = t("voice.score.of", { score: f().decimal(score, 2), top: f().number(top) });
  return bucket ? `${said} · ${t(`voice.one.${bucket}`)}` : said;
}

/** What is counted of a scale, in a figure with its interval: "NPS +12 (8 to 16)", "58 % satisfied (55 to 61 %)". */
export function figureSaid({ scale, value, low, high, buckets }: FeedbackCount): { text: string; interval: string } | null {
  if (value === null || low === null || high === null) return null;
  if (scale === "nps") return { text: `NPS ${f().fixed(value, 0, true)}`, interval: t("voice.interval", { low: f().fixed(low, 0, true), high: f().fixed(high, 0, true) }) };
  const good = (Object.keys(buckets) as Bucket[])[0];
  const n = Object.values(buckets).reduce((sum, one) => sum + one, 0);
  return { text: t("voice.share", { share: f().percent(value, n), what: good ? t(`voice.bucket.${good}`) : "" }), interval: t("voice.interval", { low: f().percent(low, n), high: f().percent(high, n) }) };
}

/** A language by its name in the language in use. */
export function languageName(code: string): string {
  if (code === "other") return t("voice.language.other");
  try {
    return new Intl.DisplayNames([i18n.locale === "__test__" ? "en" : i18n.locale], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export const MARK: Record<Verdict, string> = { positive: "+", neutral: "○", negative: "−", unsure: "?" };
