/** Credits of the models side by side, as shares of what each model hands out. */

import type { AttributionResult, Model } from "../../../../core/types";

/** From one rule to the most thorough. */
export const ORDER: readonly Model[] = ["first", "last", "last_non_direct", "linear", "time_decay", "position", "markov", "shapley"];

export interface Share {
  model: Model;
  credit: number;
  /** 0..1 of everything that the model hands out. */
  share: number;
  low: number | null;
  high: number | null;
}

export interface Row {
  name: string;
  shares: Share[];
  /** The least and the most that any model gives. */
  least: number;
  most: number;
}

/** The models of an answer, in their usual order. */
export const modelsOf = (result: AttributionResult): Model[] => ORDER.filter((model) => result.models[model]);

/** The chosen model if it was asked for, else the most thorough that was. */
export function focused(result: AttributionResult, wished: Model): Model | null {
  const models = modelsOf(result);
  return models.includes(wished) ? wished : (models.at(-1) ?? null);
}

/** A row per channel, those with the most credit in the focused model first. */
export function rows(result: AttributionResult, focus: Model): Row[] {
  const models = modelsOf(result);
  const totals = new Map(models.map((model) => [model, Object.values(result.models[model] ?? {}).reduce((sum, credit) => sum + credit, 0)]));
  const names = [...new Set(models.flatMap((model) => Object.keys(result.models[model] ?? {})))];
  const found = names.map((name): Row => {
    const shares = models.map((model) => shareOf(result, model, name, totals.get(model) ?? 0));
    const all = shares.map((one) => one.share);
    return { name, shares, least: Math.min(...all), most: Math.max(...all) };
  });
  const own = (row: Row): number => row.shares.find((one) => one.model === focus)?.share ?? 0;
  return found.sort((a, b) => own(b) - own(a) || (a.name < b.name ? -1 : 1));
}

function shareOf(result: AttributionResult, model: Model, name: string, total: number): Share {
  const credit = result.models[model]?.[name] ?? 0;
  const [low, high] = result.intervals[model]?.[name] ?? [null, null];
  const part = (value: number | null): number | null => (value === null || total === 0 ? null : value / total);
  return { model, credit, share: part(credit) ?? 0, low: part(low), high: part(high) };
}

/** The end of the axis that all rows share. */
export const reach = (all: readonly Row[]): number => Math.max(0.01, ...all.flatMap((row) => row.shares.map((one) => one.high ?? one.share)));
