/** What undo calls commands. */

import type { Key } from "../../i18n";
import type { Command } from "../api";

const isKey = (text: string): text is Key => text.startsWith("map.command.");

/** A key of the texts, or a text that somebody gave to a batch. */
export function labelOf(commands: readonly Command[]): string {
  const [first] = commands;
  if (!first || commands.length > 1) return "map.command.batch" satisfies Key;
  if (typeof first["label"] === "string" && first["label"] !== "") return first["label"];
  const inner = first.do === "batch" ? (first["commands"] as Command[]) : [];
  return inner.length === 1 ? labelOf(inner) : `map.command.${first.do}`;
}

/** A label in the reader's language. */
export const saidBy = (t: (key: Key) => string, label: string): string => (isKey(label) ? t(label) : label);
