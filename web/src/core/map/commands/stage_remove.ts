/** stage.remove: a stage goes with its steps and their cards; a path left empty goes too. */

import { command } from "./command";
import { emptied, restoring, shortened } from "./contents";
import { find, without } from "./places";
import { id } from "./shapes";

export const stageRemove = command({
  name: "stage.remove",
  label: "map.command.stage.remove",
  keys: ["Delete", "Backspace"],
  fields: { id },
  apply: (map, { id }) => {
    const [at, stage] = find(map.stages, id);
    const steps = stage.steps.map((step) => step.id);
    const { lanes, cells } = emptied(map, steps);
    const { paths, restore } = shortened(map, steps);
    return {
      map: { ...map, stages: without(map.stages, at), lanes, paths },
      inverse: restoring({ do: "stage.add", stage, at }, cells, restore),
    };
  },
});
