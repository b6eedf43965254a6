/** What a field of an opportunity holds, in words, for comparing two versions of it. */

import { FIGURES, KANO, type FigureName, type KanoAnswers, type OpportunityFields, type OpportunityFigure, type OpportunityPlace } from "../../../core/opportunities";
import { f, t } from "../../../state/i18n.svelte";
import { figureText } from "../words";

export function fieldWords(field: keyof OpportunityFields, value: unknown): string {
  if (value === null || value === undefined || value === "") return t("opportunities.nothing");
  if (field === "status") return t(`opportunities.status.${value as OpportunityFields["status"]}`);
  if (field === "tags" || field === "maps") return (value as string[]).join(", ") || t("opportunities.nothing");
  if (field === "place") {
    const { touchpoint, stage, channel } = value as OpportunityPlace;
    return [touchpoint, stage, channel].filter(Boolean).join(" · ") || t("opportunities.nothing");
  }
  if (field === "kano") return KANO.map((name) => `${t(`opportunities.kano.${name}`)} ${f().number((value as KanoAnswers)[name])}`).join(", ");
  if ((FIGURES as readonly string[]).includes(field)) return figureText(field as FigureName, { origin: "typed", low: null, high: null, ...(value as object) } as OpportunityFigure).value;
  return typeof value === "number" ? f().decimal(value, 4) : String(value);
}
