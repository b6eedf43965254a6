/** What a bet refers to, by name: experiments, befores/afters and KPIs; what is gone keeps its id. */

import { kpis } from "../../../state/kpis";
import { proof } from "../../../state/proof";

/** By field of the bet, then by id. */
export type Names = ReadonlyMap<string, ReadonlyMap<string, string>>;

const byId = (list: readonly { id: string; name: string }[]): ReadonlyMap<string, string> => new Map(list.map((one) => [one.id, one.name]));

export async function names(signal: AbortSignal): Promise<Names> {
  const [experiments, befores, registry] = await Promise.all([proof.experiments({ signal }), proof.beforeAfters({ signal }), kpis.all({ signal })]);
  return new Map([["experiment", byId(experiments)], ["before_after", byId(befores)], ["kpi", byId(registry)]]);
}

export const nameOf = (known: Names | null, field: string, id: string): string => known?.get(field)?.get(id) ?? id;
