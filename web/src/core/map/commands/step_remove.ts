/** step.remove: a column goes with its cards, and from the paths. The last step of a stage stays. */

import { command } from "./command";
import { emptied, restoring, shortened } from "./contents";
import { findStep, withPart, without } from "./places";
import { Refused } from "./refused";
import { id } from "./shapes";

export const stepRemove = command({
  name: "step.remove",
  label: "map.command.step.remove",
  keys: ["Delete", "Backspace"],
  fields: { id },
  apply: (map, { id }) => {
    const { index, stage, at, step } = findStep(map, id);
    if (stage.steps.length === 1) throw new Refused("last_step", id);
    const { lanes, cells } = emptied(map, [id]);
    const { paths, restore } = shortened(map, [id]);
    return {
      map: withPart({ ...map, lanes, paths }, "stages", index, { ...stage, steps: without(stage.steps, at) }),
      inverse: restoring({ do: "step.add", stage: stage.id, step, at }, cells, restore),
    };
  },
});
