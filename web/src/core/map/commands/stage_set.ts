/** stage.set: what is said of a stage. */

import { command } from "./command";
import { find, withPart } from "./places";
import { values } from "./setting";
import { given, id, stageFields } from "./shapes";

export const stageSet = command({
  name: "stage.set",
  label: "map.command.stage.set",
  keys: ["Enter", "F2"],
  fields: { id, set: given },
  apply: (map, { id, set: wanted }) => {
    const [at, stage] = find(map.stages, id);
    const { set, old } = values(stageFields, ["name", "description", "owner", "measures"], wanted, stage);
    return { map: withPart(map, "stages", at, { ...stage, ...set }), inverse: { do: "stage.set", id, set: old } };
  },
});
