/** step.move: a column to another place, also in another stage, which its last step cannot leave. */

import { command } from "./command";
import { find, findStep, inserted, withPart, without } from "./places";
import { Refused } from "./refused";
import { at, id } from "./shapes";

export const stepMove = command({
  name: "step.move",
  label: "map.command.step.move",
  keys: ["alt+ArrowLeft", "alt+ArrowRight"],
  fields: { id, stage: id, at },
  apply: (map, { id, stage: parent, at }) => {
    const { index, stage, at: was, step } = findStep(map, id);
    const [to, target] = find(map.stages, parent);
    const rest = without(stage.steps, was);
    const inverse = { do: "step.move", id, stage: stage.id, at: was };
    if (to === index) return { map: withPart(map, "stages", to, { ...stage, steps: inserted(rest, step, at) }), inverse };
    if (rest.length === 0) throw new Refused("last_step", id);
    const moved = withPart(map, "stages", to, { ...target, steps: inserted(target.steps, step, at) });
    return { map: withPart(moved, "stages", index, { ...stage, steps: rest }), inverse };
  },
});
