/** Pictures dropped on a lane of pictures become cards there. */

import { cellOf } from "../../../core/map/places";
import { pictureIn } from "../lanes/imaging";
import { addPicture } from "./doing";
import type { Grid } from "./grid.svelte";

export function dropFiles(grid: Grid, event: DragEvent, id: string | undefined): void {
  const picture = pictureIn(event.dataTransfer?.files);
  if (event.defaultPrevented || !picture || id === undefined || grid.session.readonly) return;
  event.preventDefault();
  const thing = grid.thing(id);
  const place = cellOf(id) ?? (thing?.kind === "card" ? { lane: thing.lane.id, step: thing.step } : null);
  const lane = grid.session.document.lanes.find((l) => l.id === place?.lane);
  if (place && lane?.kind === "images") void addPicture(grid, { ...place, at: lane.cells[place.step]?.length ?? 0 }, picture);
}
