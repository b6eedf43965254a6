/** Found stages beside those of the definition, and definitions made of them. */

import type { Definition, Goal, MatchRule, Touchpoint } from "../../../core/definition";
import type { StagesResult } from "../../../core/discovery";

/** For each found stage the stage of the definition that shares most touchpoints with it; each is taken once. */
export function matched(result: Pick<StagesResult, "groups">, definition: Definition | null): (string | null)[] {
  const own = new Map(definition?.touchpoints.map((one) => [one.name, one.stage ?? null]));
  const pairs = result.groups.flatMap((group, found) =>
    (definition?.stages ?? []).map(({ name }, place) => ({ found, name, place, shared: group.touchpoints.filter((one) => own.get(one) === name).length })),
  );
  const taken: (string | null)[] = result.groups.map(() => null);
  for (const pair of pairs.filter(({ shared }) => shared > 0).sort((a, b) => b.shared - a.shared || a.found - b.found || a.place - b.place)) {
    if (taken[pair.found] === null && !taken.includes(pair.name)) taken[pair.found] = pair.name;
  }
  return taken;
}

/** Touchpoints that the definition has in another stage than the data, with that stage; null: in none. */
export function differing(result: Pick<StagesResult, "groups">, definition: Definition | null): Map<string, string | null> {
  const [own, fits] = [new Map(definition?.touchpoints.map((one) => [one.name, one.stage ?? null])), matched(result, definition)];
  return new Map(
    result.groups.flatMap((group, i) =>
      group.touchpoints.filter((one) => own.has(one) && own.get(one) !== fits[i]).map((one): [string, string | null] => [one, own.get(one) ?? null]),
    ),
  );
}

/** Names to begin with: those of the definition's stages where they fit, else of the touchpoint that most meet. */
export function proposed(result: Pick<StagesResult, "groups">, definition: Definition | null): string[] {
  const fits = matched(result, definition);
  const names: string[] = [];
  for (const [i, group] of result.groups.entries()) {
    const name = fits[i] ?? group.name;
    names.push(names.includes(name) || (fits[i] === null && fits.includes(name)) ? `${name} (${i + 1})` : name);
  }
  return names;
}

/** What is wrong with names of stages: the place of the first that is empty or stands twice; -1 if all are good. */
export function wrongName(names: readonly string[]): number {
  const plain = names.map((name) => name.trim());
  return plain.findIndex((name, i) => name === "" || plain.indexOf(name) !== i);
}

const blank = (): Definition => ({
  name: "main", version: 0, origin: "edited", stages: [], touchpoints: [], goals: [], micro_conversions: [], journey: { starts: [], ends: [], gap_days: 30 },
});

/** The definition with the found stages under the names given; touchpoints that no stage was found for stand in none. */
export function adopted(result: StagesResult, names: readonly string[], definition: Definition | null): Definition {
  const stages = names.map((name) => name.trim());
  const found = new Map(result.groups.flatMap((group, i) => group.touchpoints.map((one) => [one, stages[i] ?? null])));
  const before = definition ?? { ...blank(), touchpoints: [...found.keys()].map((name): Touchpoint => ({ name, match: [{ name }] })) };
  return {
    ...before,
    origin: "edited",
    coherence: result.incoherence === null ? null : 1 - result.incoherence,
    stages: stages.map((name) => ({ name })),
    touchpoints: before.touchpoints.map((one) => ({ ...one, stage: found.get(one.name) ?? null })),
  };
}

/** The definition with a touchpoint split by a property: one for each value, the first one for all others. */
export function split(definition: Definition, touchpoint: string, property: string, values: readonly string[]): Definition {
  const at = definition.touchpoints.findIndex((one) => one.name === touchpoint);
  const whole = definition.touchpoints[at];
  if (!whole) return definition;
  const named = new Set(definition.touchpoints.map((one) => one.name));
  const parts = values.map((value): Touchpoint => ({ ...whole, name: unused(`${touchpoint}: ${value}`, named), match: whole.match.map((rule) => narrowed(rule, property, value)) }));
  const names = parts.map((one) => one.name);
  const widened = (list: readonly string[]): string[] => list.flatMap((one) => (one === touchpoint ? [...names, one] : [one]));
  const goals = (list: readonly Goal[]): Goal[] => list.map((goal) => ({ ...goal, touchpoints: widened(goal.touchpoints) }));
  return {
    ...definition,
    origin: "edited",
    touchpoints: definition.touchpoints.toSpliced(at, 0, ...parts),
    goals: goals(definition.goals),
    micro_conversions: goals(definition.micro_conversions),
    journey: { ...definition.journey, starts: widened(definition.journey.starts), ends: widened(definition.journey.ends) },
  };
}

const narrowed = (rule: MatchRule, property: string, value: string): MatchRule => ({ ...rule, properties: { ...rule.properties, [property]: value } });

function unused(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name} (${i})`;
  taken.add(free);
  return free;
}
