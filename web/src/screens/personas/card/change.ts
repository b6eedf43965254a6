/** Changes of a card before the server has them: put together, shown at once, and compared with what others did meanwhile. */

import type { CardChange, CardFields, FieldName, PersonaCard, TypedFields } from "../../../core/personas";

/** Two changes as one; the later one wins where both say something. */
export function joined(first: CardChange | null, then: CardChange): CardChange {
  if (first === null) return then;
  const both: CardChange = { ...first, ...then };
  if ("group" in then) delete both.segment;
  if ("segment" in then) delete both.group;
  if (!first.fields && !then.fields) return both;
  const fields: CardFields = { ...first.fields, ...then.fields };
  if (first.fields?.custom || then.fields?.custom) fields.custom = { ...first.fields?.custom, ...then.fields?.custom };
  return { ...both, fields };
}

/** The card as it will be, typed by `by` at `at`. Its people stay as they are until the server has answered. */
export function withChange(card: PersonaCard, change: CardChange | null, by: string, at: string): PersonaCard {
  if (change === null) return card;
  const written = <T>(value: T | null | undefined) => (value === null || value === undefined || (Array.isArray(value) && value.length === 0) ? null : { value, origin: { kind: "typed" as const, by, at } });
  const { custom = {}, ...fields } = change.fields ?? {};
  const own = { ...card.typed.custom };
  for (const [name, value] of Object.entries(custom)) {
    const field = written(value);
    if (field) own[name] = field;
    else delete own[name];
  }
  const typed = { ...card.typed, ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, written(value)])), custom: own } as TypedFields;
  return { ...card, name: change.name ?? card.name, ideal_customer: change.ideal_customer ?? card.ideal_customer, typed };
}

/** Something that two people changed at once. */
export interface Clash {
  /** A field, or `custom:` with its name, `name`, `ideal_customer`, `people`. */
  what: FieldName | "name" | "ideal_customer" | "people" | `custom:${string}`;
  mine: unknown;
  theirs: unknown;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Where a change of `base` says something else than `theirs`, which somebody made of the same `base`. */
export function clashes(base: PersonaCard, theirs: PersonaCard, change: CardChange): Clash[] {
  const found: Clash[] = [];
  const look = (what: Clash["what"], before: unknown, now: unknown, mine: unknown) => {
    if (!same(before, now) && !same(now, mine)) found.push({ what, mine, theirs: now });
  };
  if (change.name !== undefined) look("name", base.name, theirs.name, change.name);
  if (change.ideal_customer !== undefined) look("ideal_customer", base.ideal_customer, theirs.ideal_customer, change.ideal_customer);
  if ("group" in change || "segment" in change) look("people", base.members, theirs.members, change.group ?? change.segment ?? null);
  const { custom = {}, ...fields } = change.fields ?? {};
  for (const [name, mine] of Object.entries(fields) as [FieldName, unknown][]) look(name, base.typed[name]?.value, theirs.typed[name]?.value, mine);
  for (const [name, mine] of Object.entries(custom)) look(`custom:${name}`, base.typed.custom[name]?.value, theirs.typed.custom[name]?.value, mine);
  return found;
}
