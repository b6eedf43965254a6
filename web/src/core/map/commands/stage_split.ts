/** stage.split: a stage becomes two; both keep at least one step. */

import { command } from "./command";
import { checkNew } from "./contents";
import { find } from "./places";
import { Refused } from "./refused";
import { integer } from "./shape";
import { head, id } from "./shapes";

export const stageSplit = command({
  name: "stage.split",
  label: "map.command.stage.split",
  keys: ["shift+Enter"],
  fields: { id, at: integer(), new: head },
  apply: (map, { id, at, new: added }) => {
    const [index, stage] = find(map.stages, id);
    if (at <= 0 || at >= stage.steps.length) throw new Refused("bad_position", String(at));
    checkNew(map, [added.id]);
    const stays = { ...stage, steps: stage.steps.slice(0, at) };
    const leaves = { ...added, steps: stage.steps.slice(at) };
    return { map: { ...map, stages: map.stages.toSpliced(index, 1, stays, leaves) }, inverse: { do: "stage.merge", id: added.id } };
  },
});
