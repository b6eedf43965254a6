/** Puts what is on the clipboard into a map, as one command. What has no place gets one: a new step or lane. */

import type { Command } from "../api";
import { batch } from "../commands";
import { LIBRARY_LANES } from "../commands/contents";
import { newCard, newLane, newStep, stepsOf, type Card, type JourneyMap, type Lane, type LaneKind, type Step } from "../document";
import { newId } from "../ids";
import { clipOf, type Clip, type ClipGroup, type ClipLane } from "./clip";
import { fromHtml, fromTsv, type Cell } from "./table";

export interface Pasted {
  command: Command;
  /** Ids of what is new and was on the clipboard; the steps and lanes that had to be made for it are not among them. */
  ids: string[];
  /** Steps and lanes that had to be made. */
  steps: number;
  lanes: number;
}

/** What a clipboard holds. */
export interface Clipboard {
  json?: string | null;
  html?: string | null;
  text?: string | null;
}

export interface Target {
  lane: string;
  step: string;
}

const LONGEST = 5000;
const LABEL = "map.command.paste";

/** A map that grows to the right and downwards while things are put into it. */
class Sheet {
  readonly commands: Command[] = [];
  readonly ids: string[] = [];
  readonly #steps: string[];
  readonly #lanes: { id: string; kind: LaneKind }[];
  readonly #left: number;
  readonly #top: number;
  made = { steps: 0, lanes: 0 };

  constructor(
    readonly map: JourneyMap,
    target: Target,
  ) {
    this.#steps = stepsOf(map).map((step) => step.id);
    this.#lanes = map.lanes.filter((lane) => lane.kind !== "path");
    this.#left = Math.max(0, this.#steps.indexOf(target.step));
    this.#top = Math.max(0, this.#lanes.findIndex((lane) => lane.id === target.lane));
  }

  step(right: number): string {
    const stage = this.map.stages.at(-1);
    while (this.#steps.length <= this.#left + right) {
      const id = newId();
      if (stage) this.commands.push({ do: "step.add", stage: stage.id, step: newStep(id) });
      this.#steps.push(id);
      this.made.steps += 1;
    }
    return this.#steps[this.#left + right] as string;
  }

  lane(down: number, kind: LaneKind): { id: string; kind: LaneKind } {
    while (this.#lanes.length <= this.#top + down) {
      const lane = newLane(newId(), kind);
      this.commands.push({ do: "lane.add", lane });
      this.#lanes.push(lane);
      this.made.lanes += 1;
    }
    return this.#lanes[this.#top + down] as Lane;
  }

  put(lane: string, step: string, card: Card): void {
    this.ids.push(card.id);
    this.commands.push({ do: "card.add", lane, step, card });
  }

  done(): Pasted | null {
    const { commands, ids, made } = this;
    return commands.length === 0 ? null : { command: batch(commands, LABEL), ids, ...made };
  }
}

/** A card for a cell of a spreadsheet; a number in the emotion lane is the point itself. */
function cardOf(kind: LaneKind, { text, span }: Cell): Card[] {
  const words = text.replace(/\p{Surrogate}/gu, "\uFFFD").trim();
  if (words === "") return [];
  const number = /^[-+−]?\d+([.,]\d+)?$/.test(words) ? Number(words.replace(",", ".").replace("−", "-")) : NaN;
  if (kind === "emotion" && Math.abs(number) <= 2) return [newCard(newId(), { value: number, span })];
  const signs = [...words];
  const parts = Array.from({ length: Math.ceil(signs.length / LONGEST) }, (_, at) => signs.slice(at * LONGEST, (at + 1) * LONGEST).join(""));
  return parts.map((part) => newCard(newId(), { text: part, span }));
}

function pastedRows(map: JourneyMap, rows: readonly (readonly Cell[])[], target: Target): Pasted | null {
  const sheet = new Sheet(map, target);
  rows.forEach((row, down) => {
    let right = 0;
    for (const cell of row) {
      if (cell.text.trim() !== "") {
        const lane = sheet.lane(down, "text");
        for (const card of cardOf(lane.kind, cell)) sheet.put(lane.id, sheet.step(right), card);
      }
      right += cell.span;
    }
  });
  return sheet.done();
}

/** Makes copies for another place: new ids, a plain text where the library item is unknown or the lane holds none. */
class Copier {
  readonly #names: ReadonlyMap<string, string>;
  readonly #stages = new Map<string, string>();

  constructor(
    readonly clip: Clip,
    readonly map: JourneyMap,
    readonly known: (item: string) => boolean,
  ) {
    this.#names = new Map(clip.names.map((item) => [item.id, item.name]));
    for (const stage of map.stages) this.#stages.set(stage.id, stage.id);
  }

  stage(id: string): string {
    const made = newId();
    this.#stages.set(id, made);
    return made;
  }

  card(card: Card, from: LaneKind, to: LaneKind): Card {
    const keeps = card.ref !== null && from === to && LIBRARY_LANES.has(to) && this.known(card.ref);
    const text = card.ref === null || keeps || card.text !== "" ? card.text : (this.#names.get(card.ref) ?? "");
    const stage = card.bind?.stage == null ? null : (this.#stages.get(card.bind.stage) ?? null);
    const bind = card.bind?.stage == null ? card.bind : stage === null ? null : { ...card.bind, stage };
    return { ...card, id: newId(), ref: keeps ? card.ref : null, text, bind };
  }
}

function pastedGroups(sheet: Sheet, copier: Copier, groups: readonly ClipGroup[], target: Target): void {
  const { map } = sheet;
  const here = Math.max(0, map.stages.findIndex((stage) => stage.steps.some((step) => step.id === target.step)));
  const used = new Map<string, string>();
  const laneOf = (from: string, kind: LaneKind): string => {
    const lane = map.lanes.find((one) => one.id === from && one.kind === kind) ?? map.lanes.find((one) => one.kind === kind);
    const made = used.get(from) ?? lane?.id;
    if (made !== undefined) return made;
    const added = newLane(newId(), kind);
    sheet.commands.push({ do: "lane.add", lane: added });
    sheet.made.lanes += 1;
    used.set(from, added.id);
    return added.id;
  };
  let [stages, steps] = [0, 0];
  for (const { stage, columns } of groups) {
    const made = stage === null ? null : copier.stage(stage.id);
    const copies = columns.map((column) => ({ column, step: { ...column.step, id: newId() } satisfies Step }));
    if (stage !== null && made !== null) {
      sheet.commands.push({ do: "stage.add", stage: { ...stage, id: made, steps: copies.map((one) => one.step) }, at: Math.min(here + 1, map.stages.length) + stages });
      sheet.ids.push(made);
      stages += 1;
    }
    const into = map.stages[here];
    const after = 1 + (into?.steps.findIndex((step) => step.id === target.step) ?? -1);
    for (const { column, step } of copies) {
      if (made === null) {
        sheet.commands.push({ do: "step.add", stage: into?.id, step, at: after + steps });
        sheet.ids.push(step.id);
        steps += 1;
      }
      for (const { lane, kind, card } of column.cards) {
        const id = laneOf(lane, kind);
        sheet.commands.push({ do: "card.add", lane: id, step: step.id, card: copier.card(card, kind, kind) });
      }
    }
  }
}

function pastedLanes(sheet: Sheet, copier: Copier, lanes: readonly ClipLane[], target: Target): void {
  const after = 1 + sheet.map.lanes.findIndex((lane) => lane.id === target.lane);
  const first = stepsOf(sheet.map)[0]?.id ?? "";
  const columns = new Sheet(sheet.map, { lane: "", step: first });
  const rows = lanes.map(({ lane, cards }) => {
    const made: Lane = { ...lane, id: newId(), cells: {} };
    for (const { right, card } of cards) (made.cells[columns.step(right)] ??= []).push(copier.card(card, lane.kind, lane.kind));
    return made;
  });
  sheet.commands.push(...columns.commands, ...rows.map((lane, at) => ({ do: "lane.add", lane, at: after + at })));
  sheet.ids.push(...rows.map((lane) => lane.id));
  sheet.made.steps += columns.made.steps;
}

/**
 * The command that puts a clipboard into a map from a cell on, or null if it holds nothing to put in. Cards keep their places to
 * each other, steps and stages come after those of the cell, lanes below its lane; a range of a spreadsheet makes cards.
 *
 * `known`: whether the library has an item; a card that refers to another becomes plain text.
 */
export function pasted(map: JourneyMap, from: Clipboard, target: Target, known: (item: string) => boolean): Pasted | null {
  const clip = from.json ? clipOf(from.json) : null;
  if (map.stages.length === 0 && !(clip && clip.groups.some((group) => group.stage))) return null;
  if (!clip) return pastedRows(map, (from.html ? fromHtml(from.html) : null) ?? fromTsv(from.text ?? ""), target);
  const [sheet, copier] = [new Sheet(map, target), new Copier(clip, map, known)];
  for (const one of clip.cards) {
    const lane = sheet.lane(one.down, one.lane);
    sheet.put(lane.id, sheet.step(one.right), copier.card(one.card, one.lane, lane.kind));
  }
  pastedGroups(sheet, copier, clip.groups, target);
  pastedLanes(sheet, copier, clip.lanes, target);
  return sheet.done();
}
