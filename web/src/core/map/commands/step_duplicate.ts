/** step.duplicate: a copy of a column and its cards, right after it. */

import { command } from "./command";
import { checkNew, copiedCells } from "./contents";
import { findStep, inserted, withPart } from "./places";
import { id } from "./shapes";

export const stepDuplicate = command({
  name: "step.duplicate",
  label: "map.command.step.duplicate",
  keys: ["mod+d"],
  fields: { id, as: id },
  apply: (map, { id, as }) => {
    const { index, stage, at, step } = findStep(map, id);
    const [lanes, cards] = copiedCells(map, new Map([[id, as]]), as, 1);
    checkNew(map, [as, ...cards]);
    const steps = inserted(stage.steps, { ...step, id: as }, at + 1);
    return { map: withPart({ ...map, lanes }, "stages", index, { ...stage, steps }), inverse: { do: "step.remove", id: as } };
  },
});
