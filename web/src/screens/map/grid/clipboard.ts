/** Copy, cut and paste: by the browser's own events, and from the menu. */

import { CLIP_TYPE, copied, pasted, type Clipboard, type Copied, type Target } from "../../../core/map/clipboard";
import { removeThings } from "../../../core/map/moves";
import { cellOf } from "../../../core/map/places";
import { t } from "../../../state/i18n.svelte";
import { announce, toast } from "../../../state/live.svelte";
import { pictureIn } from "../lanes/imaging";
import { addPicture } from "./doing";
import type { Grid } from "./grid.svelte";

const FIELDS = "input, textarea, select";
/** What this page copied last: menus of browsers read only plain text back. */
let last: Copied | null = null;

/** The cell that a paste begins in. */
function targetOf(grid: Grid, id: string): Target | null {
  const cell = cellOf(id);
  if (cell) return cell;
  const thing = grid.thing(id);
  const [first, top] = [grid.layout.columns[0]?.id ?? "", grid.session.document.lanes.find((lane) => lane.kind !== "path")?.id ?? ""];
  switch (thing?.kind) {
    case "card":
      return { lane: thing.lane.id, step: thing.step };
    case "lane":
      return { lane: thing.lane.id, step: first };
    case "step":
      return { lane: top, step: thing.step.id };
    case "stage":
      return { lane: top, step: thing.stage.steps.at(-1)?.id ?? first };
    default:
      return null;
  }
}

function takeOut(grid: Grid, ids: ReadonlySet<string>): void {
  const commands = removeThings(grid.session.document, ids);
  if (commands.length && grid.session.run(commands, { announce: t("map.said.removed_many", { n: ids.size }) })) grid.session.select([]);
}

export function oncopy(grid: Grid, event: ClipboardEvent, cutting: boolean): void {
  const { session } = grid;
  if ((event.target as HTMLElement).closest(FIELDS) || session.focus === null || !event.clipboardData) return;
  const ids = grid.targets(session.focus);
  const found = copied(session.document, ids, session.library);
  if (!found) return;
  last = found;
  event.clipboardData.setData(CLIP_TYPE, found.json);
  event.clipboardData.setData("text/html", found.html);
  event.clipboardData.setData("text/plain", found.text);
  event.preventDefault();
  announce(t("map.said.copied", { n: ids.size }));
  if (cutting && !session.readonly) takeOut(grid, ids);
}

function put(grid: Grid, from: Clipboard, id: string): void {
  const { session } = grid;
  const target = targetOf(grid, id);
  const found = target && pasted(session.document, from, target, (item) => session.library.has(item));
  if (!found) return toast(t("map.said.nothing_to_paste"), "bad");
  if (!session.run(found.command, { announce: t("map.said.pasted", { n: found.ids.length }) })) return;
  session.select(found.ids);
  void grid.go(found.ids[0] ?? null);
}

export function onpaste(grid: Grid, event: ClipboardEvent): void {
  const { session } = grid;
  const data = event.clipboardData;
  if ((event.target as HTMLElement).closest(FIELDS) || event.defaultPrevented || !data || session.readonly || session.focus === null) return;
  event.preventDefault();
  const target = targetOf(grid, session.focus);
  const lane = session.document.lanes.find((one) => one.id === target?.lane);
  const picture = pictureIn(data.files);
  if (picture && target && lane?.kind === "images") return void addPicture(grid, { ...target, at: lane.cells[target.step]?.length ?? 0 }, picture);
  put(grid, { json: data.getData(CLIP_TYPE), html: data.getData("text/html"), text: data.getData("text/plain") }, session.focus);
}

function asked(grid: Grid, id: string, name: "copy" | "cut"): void {
  grid.element(id)?.focus({ preventScroll: true });
  document.execCommand(name);
}

/** From the menu: the same event as Ctrl+C. */
export const copy = (grid: Grid, id: string): void => asked(grid, id, "copy");
export const cut = (grid: Grid, id: string): void => asked(grid, id, "cut");

/** From the menu: what the browser lets a page read. */
export async function paste(grid: Grid, id: string): Promise<void> {
  try {
    const text = await navigator.clipboard.readText();
    put(grid, { json: last?.text === text ? last.json : null, text }, id);
  } catch {
    toast(t("map.said.clipboard_closed"), "bad");
  }
}
