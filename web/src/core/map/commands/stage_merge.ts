/** stage.merge: a stage joins the one before it, which keeps what is said of it. */

import { command } from "./command";
import { find } from "./places";
import { Refused } from "./refused";
import { id } from "./shapes";

export const stageMerge = command({
  name: "stage.merge",
  label: "map.command.stage.merge",
  keys: ["shift+Enter"],
  fields: { id },
  apply: (map, { id }) => {
    const [index, stage] = find(map.stages, id);
    const before = map.stages[index - 1];
    if (!before) throw new Refused("bad_position", "0");
    const { steps, ...head } = stage;
    const joined = { ...before, steps: [...before.steps, ...steps] };
    return {
      map: { ...map, stages: map.stages.toSpliced(index - 1, 2, joined) },
      inverse: { do: "stage.split", id: before.id, at: before.steps.length, new: head },
    };
  },
});
