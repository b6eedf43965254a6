/** What actions do to the map: the commands of adding, removing, moving and sizing, and where the focus goes afterwards. */

import { newCard, newLane, newStage, newStep, type Card, type LaneKind } from "../../../core/map/document";
import type { CardSlot } from "../../../core/map/hits";
import { columnsOf } from "../../../core/map/layout";
import { duplicateThings, moveCards, nudge, removeThings } from "../../../core/map/moves";
import { cellOf } from "../../../core/map/places";
import { t } from "../../../state/i18n.svelte";
import { announce, toast } from "../../../state/live.svelte";
import { maps } from "../../../state/maps";
import { asApiError } from "../../../state/resource.svelte";
import type { Grid } from "./grid.svelte";
import { laneTitle, spoken, titleOf, whereabouts } from "./words";

const MOVED = { card: "map.said.moved", other: "map.said.moved_other" } as const;

/** Lane, step and place where a new card goes: after the card in focus, else at the end of its cell. */
function placeFor(grid: Grid, id: string): { lane: string; step: string; at: number } | null {
  const cell = cellOf(id);
  if (cell) return { ...cell, at: grid.session.document.lanes.find((l) => l.id === cell.lane)?.cells[cell.step]?.length ?? 0 };
  const thing = grid.thing(id);
  return thing?.kind === "card" ? { lane: thing.lane.id, step: thing.step, at: thing.index + 1 } : null;
}

/** Starts a new card; lanes of pictures ask for a file, the others for words. */
export function addCard(grid: Grid, id: string): void {
  const place = placeFor(grid, id);
  const lane = grid.session.document.lanes.find((l) => l.id === place?.lane);
  if (!place || !lane || grid.session.readonly) return;
  if (lane.kind === "images") return choosePicture((file) => void addPicture(grid, place, file));
  const card = newCard(grid.session.newId(), lane.kind === "emotion" ? { value: 0 } : {});
  grid.draft = { ...place, card };
  grid.editing = card.id;
  grid.session.focus = card.id;
  grid.show(card.id);
}

/** Puts the written card into the map; one that says nothing is forgotten. */
export function commitDraft(grid: Grid, set: Partial<Card>): void {
  const { draft } = grid;
  if (!draft) return;
  grid.draft = null;
  const card = { ...draft.card, ...set };
  const { lane, step, at } = draft;
  if (card.text.trim() || card.ref || card.link || card.image) {
    grid.session.run({ do: "card.add", lane, step, at, card }, { announce: t("map.said.added") });
    void grid.go(card.id);
  } else {
    void grid.go(`${lane}:${step}`).then(() => grid.settle());
  }
}

export function choosePicture(onfile: (file: File) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = "image/*";
  input.onchange = () => input.files?.[0] && onfile(input.files[0]);
  input.click();
}

/** Uploads a picture and adds a card with it. */
export async function addPicture(grid: Grid, place: { lane: string; step: string; at: number }, file: File): Promise<void> {
  try {
    const image = await maps.uploadImage(file);
    const card = newCard(grid.session.newId(), { image });
    if (grid.session.run({ do: "card.add", ...place, card }, { announce: t("map.said.added") })) await grid.go(card.id);
  } catch (error) {
    toast(asApiError(error).message, "bad");
  }
}

/** A new step after the one given, or at the end of the stage. */
export function addStep(grid: Grid, id: string): void {
  const thing = grid.thing(id);
  if (thing?.kind !== "step" && thing?.kind !== "stage") return;
  const step = newStep(grid.session.newId());
  const at = thing.kind === "step" ? thing.index + 1 : null;
  if (grid.session.run({ do: "step.add", stage: thing.stage.id, step, at }, { announce: t("map.said.step_added") })) void nameIt(grid, step.id);
}

/** A new stage after the one given, or at the end of the map. */
export function addStage(grid: Grid, id: string | null): void {
  const thing = grid.thing(id);
  const at = thing?.kind === "stage" ? thing.index + 1 : thing?.kind === "step" ? grid.session.document.stages.indexOf(thing.stage) + 1 : null;
  const stage = newStage(grid.session.newId(), [newStep(grid.session.newId())]);
  if (grid.session.run({ do: "stage.add", stage, at }, { announce: t("map.said.stage_added") })) void nameIt(grid, stage.id);
}

/** A new lane of a kind after the one given, or at the end. */
export function addLane(grid: Grid, kind: LaneKind, after: string | null): void {
  const thing = grid.thing(after);
  const lane = newLane(grid.session.newId(), kind);
  const done = grid.session.run(
    { do: "lane.add", lane, at: thing?.kind === "lane" ? thing.index + 1 : null },
    { announce: t("map.said.lane_added", { lane: laneTitle(lane) }) },
  );
  if (done) void grid.go(lane.id);
}

async function nameIt(grid: Grid, id: string): Promise<void> {
  await grid.go(id);
  grid.editing = id;
}

export function remove(grid: Grid, id: string): void {
  const ids = grid.targets(id);
  const commands = removeThings(grid.session.document, ids);
  if (!commands.length) return;
  const said = ids.size === 1 ? t("map.said.removed", { name: spoken(grid.session, id) }) : t("map.said.removed_many", { n: ids.size });
  if (!grid.session.run(commands, { announce: said })) return;
  grid.session.select([]);
  grid.settle();
  void grid.go(grid.session.focus);
}

export function duplicate(grid: Grid, id: string): void {
  const { commands, as } = duplicateThings(grid.session.document, grid.targets(id), () => grid.session.newId());
  if (!commands.length || !grid.session.run(commands, { announce: t("map.said.duplicated", { n: as.length }) })) return;
  grid.session.select(as);
  void grid.go(as[0] ?? null);
}

/** Moves cards to a slot and says where the grabbed one is now. */
export function moveTo(grid: Grid, ids: ReadonlySet<string>, grabbed: string, slot: CardSlot): void {
  const commands = moveCards(grid.session.document, ids, grabbed, slot);
  if (commands.length && !grid.session.run(commands)) return void grid.go(grabbed);
  announce(whereabouts(grid.session, grabbed, MOVED));
  void grid.go(grabbed);
}

/** Moves a step, stage or lane one place further. */
export function push(grid: Grid, id: string, by: 1 | -1): void {
  const commands = nudge(grid.session.document, id, by, grid.session.hidden);
  if (!commands.length) return announce(t("map.said.edge"));
  if (grid.session.run(commands)) {
    announce(whereabouts(grid.session, id, MOVED));
    void grid.go(id);
  }
}

/** Wider or narrower: the span of a card by a column, a step's width by 20 px, a lane's height by 20 px. */
export function resize(grid: Grid, id: string, by: 1 | -1): void {
  const thing = grid.thing(id);
  if (thing?.kind === "card") {
    const span = Math.max(1, Math.min(thing.card.span + by, columnsOf(grid.session.document, 0).length));
    sized(grid, "card", id, { span }, t("map.said.span", { n: span }));
  } else if (thing?.kind === "step") {
    const width = Math.max(80, Math.min(1200, (grid.layout.columns.find((c) => c.id === id)?.width ?? 200) + by * 20));
    sized(grid, "step", id, { width }, t("map.said.pixels", { n: width }));
  } else if (thing?.kind === "lane") {
    const height = Math.max(56, Math.min(2000, (grid.layout.rows.find((r) => r.lane.id === id)?.height ?? 56) + by * 20));
    sized(grid, "lane", id, { height }, t("map.said.pixels", { n: height }));
  }
}

export function sized(grid: Grid, what: "card" | "step" | "lane", id: string, set: Record<string, number | null>, said: string): void {
  grid.session.run({ do: `${what}.set`, id, set }, { announce: said });
}

export function toggleStar(grid: Grid, id: string): void {
  const thing = grid.thing(id);
  if (thing?.kind !== "card") return;
  const star = !thing.card.star;
  const commands = [...grid.targets(id)].filter((one) => grid.thing(one)?.kind === "card").map((one) => ({ do: "card.set", id: one, set: { star } }));
  grid.session.run(commands, { announce: t(star ? "map.said.star" : "map.said.no_star", { name: titleOf(grid.session, thing) }) });
}

export function fold(grid: Grid, id: string): void {
  const { collapsed } = grid.session;
  if (!collapsed.delete(id)) collapsed.add(id);
  announce(t(collapsed.has(id) ? "map.said.folded" : "map.said.unfolded", { name: spoken(grid.session, id) }));
}

/** A point of an emotion lane, half a step up or down. */
export function nudgeEmotion(grid: Grid, id: string, by: number): void {
  const thing = grid.thing(id);
  if (thing?.kind !== "card" || thing.lane.kind !== "emotion") return;
  const value = Math.max(-2, Math.min(2, (thing.card.value ?? 0) + by));
  grid.session.run({ do: "card.set", id, set: { value } }, { announce: t("map.said.emotion", { value: value.toString() }) });
}
