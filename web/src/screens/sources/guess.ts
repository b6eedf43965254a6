/** A first reading of a header that no preset recognises, by names in English, Polish and Croatian. */

import type { Preview } from "../../core/types";
import { emptyForm, SINGLE, type Identifier, type MappingForm, type Role } from "./mapping";

export type Column = Preview["columns"][number];

const PEOPLE: [RegExp, Identifier][] = [
  [/e-?mail|poczta/, "email"],
  [/phone|mobile|telefon|^tel\b|komork|mobitel/, "phone"],
  [/loyalty|card.?(no|num|id)|karta|kartic/, "loyalty_card"],
  [/device|urzadzen|uredaj/, "device"],
  [/cookie|visitor|anonymous.?id/, "cookie"],
  [/(customer|client|user|person|member|household|contact|klient\w*|kupac|kupca|osob\w*|korisnik\w*).?(id|no|num|key)?$/, "customer_id"],
];

const ROLES: [RegExp, Role][] = [
  [/event.?id|message.?id|id.?zdarzenia|id.?dogadaja/, "event_id"],
  [/^case|case.?id|order.?id|ticket|session.?id|sprawa|predmet/, "case"],
  [/time|date|^ts$|czas|^data|datum|vrijeme|created.?at|occurred/, "time"],
  [/^event|activity|action|concept:name|zdarzenie|czynnosc|dogadaj|aktivnost/, "event"],
  [/channel|medium|kanal/, "channel"],
  [/amount|value|price|revenue|total|sales|kwota|wartosc|iznos|vrijednost|cijena/, "value"],
  [/score|rating|nps|csat|ocena|ocjena/, "score"],
  [/comment|feedback|message|text|body|komentarz|komentar|tresc|opis/, "text"],
];

/** Lower case, without marks, so that `Wartość` and `wartosc` are one. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll("ł", "l").replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}

function roleOf({ name, type }: Column): [Role, Identifier] {
  const words = plain(name);
  const role = ROLES.find(([pattern]) => pattern.test(words))?.[1];
  if (role === "event_id" || role === "case") return [role, "customer_id"];
  const person = PEOPLE.find(([pattern]) => pattern.test(words))?.[1];
  if (person) return ["person", person];
  if (!role && /time|date/.test(type)) return ["time", "customer_id"];
  return [role ?? "property", "customer_id"];
}

/** A proposal to correct, never a decision: the first column wins a role that only one can have. */
export function guessForm(columns: readonly Column[]): MappingForm {
  const form = emptyForm(columns.map((c) => c.name));
  const taken = new Set<Role>();
  columns.forEach((column, i) => {
    const [role, identifier] = roleOf(column);
    const choice = form.columns[i];
    if (!choice || taken.has(role)) return;
    if (SINGLE.includes(role)) taken.add(role);
    Object.assign(choice, { role, identifier });
  });
  return form;
}
