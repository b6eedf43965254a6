/** stage.move: a stage to another place in the row. */

import { command } from "./command";
import { find, inserted, without } from "./places";
import { at, id } from "./shapes";

export const stageMove = command({
  name: "stage.move",
  label: "map.command.stage.move",
  keys: ["alt+ArrowLeft", "alt+ArrowRight"],
  fields: { id, at },
  apply: (map, { id, at }) => {
    const [was, stage] = find(map.stages, id);
    const stages = inserted(without(map.stages, was), stage, at);
    return { map: { ...map, stages }, inverse: { do: "stage.move", id, at: was } };
  },
});
