/** stage.duplicate: a copy of a stage, its steps and their cards, right after it. */

import { command } from "./command";
import { checkNew, copiedCells, copyId } from "./contents";
import { find, inserted } from "./places";
import { id } from "./shapes";

export const stageDuplicate = command({
  name: "stage.duplicate",
  label: "map.command.stage.duplicate",
  keys: ["mod+d"],
  fields: { id, as: id },
  apply: (map, { id, as }) => {
    const [at, stage] = find(map.stages, id);
    const ids = new Map(stage.steps.map((step, index) => [step.id, copyId(as, index + 1)]));
    const [lanes, cards] = copiedCells(map, ids, as, ids.size + 1);
    checkNew(map, [as, ...ids.values(), ...cards]);
    const steps = stage.steps.map((step) => ({ ...step, id: ids.get(step.id) ?? step.id }));
    const stages = inserted(map.stages, { ...stage, id: as, steps }, at + 1);
    return { map: { ...map, stages, lanes }, inverse: { do: "stage.remove", id: as } };
  },
});
