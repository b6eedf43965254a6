/** stage.add: a new stage with its steps. */

import { command } from "./command";
import { cardsOf, checkNew, filled } from "./contents";
import { inserted } from "./places";
import { at, cellsByLane, stage } from "./shapes";

export const stageAdd = command({
  name: "stage.add",
  label: "map.command.stage.add",
  keys: ["n", "Insert"],
  fields: { stage, at, cells: cellsByLane },
  apply: (map, { stage, at, cells }) => {
    const steps = stage.steps.map((step) => step.id);
    const stages = inserted(map.stages, stage, at);
    checkNew(map, [stage.id, ...steps, ...cardsOf(cells).map((card) => card.id)]);
    return { map: { ...map, stages, lanes: filled(map, cells, steps) }, inverse: { do: "stage.remove", id: stage.id } };
  },
});
