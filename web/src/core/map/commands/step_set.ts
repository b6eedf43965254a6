/** step.set: what is said of a step, and how wide it is. */

import { command } from "./command";
import { findStep, withPart } from "./places";
import { allBut, values } from "./setting";
import { given, id, stepFields } from "./shapes";

const SETTABLE = allBut(stepFields, "id");

export const stepSet = command({
  name: "step.set",
  label: "map.command.step.set",
  keys: ["Enter", "F2"],
  fields: { id, set: given },
  apply: (map, { id, set: wanted }) => {
    const { index, stage, at, step } = findStep(map, id);
    const { set, old } = values(stepFields, SETTABLE, wanted, step);
    const steps = stage.steps.with(at, { ...step, ...set });
    return { map: withPart(map, "stages", index, { ...stage, steps }), inverse: { do: "step.set", id, set: old } };
  },
});
