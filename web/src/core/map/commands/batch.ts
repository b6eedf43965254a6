/** batch: several commands as one, all or none. A batch may hold batches, up to eight deep. */

import type { Command } from "../api";
import type { JourneyMap } from "../document";
import { command, type Applied, type MapCommand } from "./command";
import { Refused } from "./refused";
import { list, orNull, text, type Shape } from "./shape";
import { anObject } from "./shapes";

const DEEPEST = 8;

function deeper(commands: readonly Record<string, unknown>[], levels: number): boolean {
  const inner = commands.map((one) => one["commands"]).filter((one) => Array.isArray(one));
  return inner.some((one) => levels === 0 || deeper(one.filter((each) => typeof each === "object" && each !== null), levels - 1));
}

export function batchOf(apply: (map: JourneyMap, command: Command) => Applied): MapCommand {
  return command<{ commands: Command[]; label: string | null }>({
    name: "batch",
    label: "map.command.batch",
    fields: { commands: list(anObject as Shape<Command>, 1), label: orNull(text(200)) },
    apply: (map, { commands, label }) => {
      if (deeper(commands, DEEPEST - 1)) throw new Refused("bad_shape", "commands");
      const inverses: Command[][] = [];
      for (const one of commands) {
        const { map: changed, inverse } = apply(map, one);
        map = changed;
        inverses.push(inverse.do === "batch" ? (inverse["commands"] as Command[]) : [inverse]);
      }
      const inverse: Command = { do: "batch", commands: inverses.reverse().flat() };
      return { map, inverse: label === null ? inverse : { ...inverse, label } };
    },
  });
}

/** Several commands as one; a single one stays as it is unless undo is to call it something else. */
export function batch(commands: readonly Command[], label?: string): Command {
  const [first] = commands;
  if (first && commands.length === 1 && (label === undefined || first.do === "batch")) {
    return label === undefined ? first : { ...first, label };
  }
  return label === undefined ? { do: "batch", commands: [...commands] } : { do: "batch", commands: [...commands], label };
}
