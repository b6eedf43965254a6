/** What a command is: its name, what undo calls it, the keys it has on the map, its fields, and what it does. */

import type { Key } from "../../i18n";
import type { Command } from "../api";
import type { JourneyMap } from "../document";
import { object, type Fields } from "./shape";

export interface Applied {
  map: JourneyMap;
  inverse: Command;
}

export interface MapCommand {
  readonly name: string;
  /** What undo calls it. */
  readonly label: Key;
  /** As the key registry writes them; the thing in focus decides which command a key stands for. */
  readonly keys: readonly string[];
  /** Pure: the map is not changed. Throws `Refused`. */
  readonly apply: (map: JourneyMap, command: Command) => Applied;
}

interface Definition<A> {
  name: string;
  label: Key;
  keys?: readonly string[];
  fields: Fields<A>;
  apply: (map: JourneyMap, command: A) => Applied;
}

export function command<A>({ name, label, keys = [], fields, apply }: Definition<A>): MapCommand {
  const read = object(fields);
  return {
    name,
    label,
    keys,
    apply: (map, { do: _, ...given }) => apply(map, read(given, "")),
  };
}
