/** step.add: a new column. */

import { command } from "./command";
import { cardsOf, checkNew, filled } from "./contents";
import { find, inserted, withPart } from "./places";
import { at, cellsByLane, id, step } from "./shapes";

export const stepAdd = command({
  name: "step.add",
  label: "map.command.step.add",
  keys: ["n", "Insert"],
  fields: { stage: id, step, at, cells: cellsByLane },
  apply: (map, { stage: parent, step, at, cells }) => {
    const [index, stage] = find(map.stages, parent);
    const steps = inserted(stage.steps, step, at);
    checkNew(map, [step.id, ...cardsOf(cells).map((card) => card.id)]);
    const lanes = filled(map, cells, [step.id]);
    return { map: withPart({ ...map, lanes }, "stages", index, { ...stage, steps }), inverse: { do: "step.remove", id: step.id } };
  },
});
