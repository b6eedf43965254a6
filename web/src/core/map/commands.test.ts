import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import en from "../../i18n/en.json";
import { COMMANDS, REASONS, Refused, apply, applyAll, batch, labelOf, saidBy, type Command } from "./commands";
import * as shapes from "./commands/shapes";
import type { Card, JourneyMap } from "./document";

type Json = Record<string, unknown>;

interface Case {
  name: string;
  before?: string;
  command: Command;
  after?: Record<string, string>;
  fields?: Record<string, Json>;
  inverse?: Command;
  refused?: string;
}

interface Values {
  do: string;
  id?: string;
  field: string;
  takes: unknown[];
  keeps?: [unknown, unknown][];
  refuses: unknown[];
}

interface Sequence {
  start: string;
  commands: [Command, string | null][];
  digest: string;
}

/** `{"repeat": ["ż", 5]}` stands for a text of five letters. */
const repeated = (_: string, value: unknown): unknown => {
  const repeat = typeof value === "object" && value !== null ? (value as { repeat?: [string, number] }).repeat : undefined;
  return Array.isArray(repeat) ? repeat[0].repeat(repeat[1]) : value;
};
const load = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../../tests/cases/commands/${name}.json`, import.meta.url), "utf8"), repeated) as T;

const documents = load<Record<string, Json> & { defaults: Record<string, Json> }>("documents");
const whole = (document: unknown): JourneyMap => shapes.map(document, "");
const frozen = <T>(value: T): T => {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};
const start = (name = "shop"): JourneyMap => frozen(whole(documents[name]));

function outline(map: JourneyMap): Record<string, string> {
  const steps = map.stages.flatMap((stage) => stage.steps.map((step) => step.id));
  const cells = (row: Record<string, Card[]>): string => {
    const filled = steps.filter((step) => Object.hasOwn(row, step));
    expect(filled.toSorted()).toEqual(Object.keys(row).toSorted());
    expect(Object.values(row).filter((cards) => cards.length === 0)).toEqual([]);
    return filled.length > 0 ? `[${filled.map((step) => `${step}:${row[step]?.map((card) => card.id).join(",")}`).join(" ")}]` : "";
  };
  return {
    stages: map.stages.map((stage) => `${stage.id}(${stage.steps.map((step) => step.id).join(" ")})`).join(" "),
    lanes: map.lanes.map((lane) => lane.id + cells(lane.cells)).join(" "),
    paths: map.paths.map((path) => `${path.id}(${path.steps.join(" ")})`).join(" "),
    views: map.views.map((view) => view.id).join(" "),
  };
}

/** Kind and own fields of everything on a map by its id; the map itself is `map`. */
function things(map: JourneyMap): Map<string, { kind: string; own: Json }> {
  const own = (thing: object, ...children: string[]): Json =>
    Object.fromEntries(Object.entries(thing).filter(([name]) => name !== "id" && !children.includes(name)));
  const found = new Map([["map", { kind: "map", own: own(map, "stages", "lanes", "paths", "views") }]]);
  const add = (kind: string, thing: { id: string }, ...children: string[]): void => void found.set(thing.id, { kind, own: own(thing, ...children) });
  for (const stage of map.stages) {
    add("stage", stage, "steps");
    for (const step of stage.steps) add("step", step);
  }
  for (const lane of map.lanes) {
    add("lane", lane, "cells");
    for (const card of Object.values(lane.cells).flat()) add("card", card);
  }
  for (const path of map.paths) add("path", path, "steps");
  for (const view of map.views) add("view", view);
  return found;
}

function checkAfter(before: JourneyMap, after: JourneyMap, { after: stands, fields = {} }: Case): void {
  expect(outline(after)).toEqual({ ...outline(before), ...stands });
  const was = things(before);
  for (const [id, { kind, own }] of things(after)) {
    const { copy_of: copied, ...said } = fields[id] ?? {};
    const known = was.get(typeof copied === "string" ? copied : id)?.own;
    expect(known ?? fields[id], `${id} is not expected`).toBeDefined();
    expect(own, id).toEqual({ ...(known ?? documents.defaults[kind]), ...said });
  }
}

const reasonOf = (run: () => unknown): string | null => {
  try {
    run();
    return null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.reason;
  }
};

describe.each(["card", "step", "stage", "lane", "map", "batch"])("cases of %s", (file) => {
  it.each(load<Case[]>(file).map((one) => [one.name, one] as const))("%s", (_, one) => {
    const before = start(one.before);
    if (one.refused !== undefined) {
      expect(reasonOf(() => apply(before, one.command))).toBe(one.refused);
      return;
    }
    const { map: after, inverse } = apply(before, frozen(one.command));
    checkAfter(before, after, one);
    if (one.inverse) expect(inverse).toEqual(one.inverse);
    expect(whole(after)).toEqual(after);
    const { map: back, inverse: again } = apply(after, inverse);
    expect(back).toEqual(before);
    expect(apply(back, again).map).toEqual(after);
  });
});

describe.each(load<Values[]>("values"))("$do $field", ({ do: name, id, field, takes, keeps = [], refuses }) => {
  const kept = (value: unknown): unknown => {
    const command = { do: name, ...(id === undefined ? {} : { id }), set: { [field]: value } };
    const { inverse } = apply(apply(start(), command).map, command);
    return (inverse["set"] as Json)[field];
  };

  it("takes what it should", () => {
    for (const value of takes) expect(kept(value)).toEqual(value);
    for (const [value, becomes] of keeps) expect(kept(value)).toEqual(becomes);
  });

  it("refuses the rest", () => {
    for (const value of refuses) expect(reasonOf(() => kept(value)), JSON.stringify(value).slice(0, 80)).toBe("bad_shape");
  });
});

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)]));
};
const digest = (map: JourneyMap): string => createHash("sha256").update(JSON.stringify(sorted(map))).digest("hex");

describe("random sequences", () => {
  const sequences = load<Sequence[]>("sequences");

  it("end as in Python, and lead back", () => {
    for (const [number, { start: name, commands, digest: wanted }] of sequences.entries()) {
      const first = start(name);
      let map = first;
      const inverses: Command[] = [];
      for (const [command, reason] of commands) {
        expect(reasonOf(() => {
          const done = apply(map, command);
          map = done.map;
          inverses.unshift(done.inverse);
        }), `${number}: ${JSON.stringify(command)}`).toBe(reason);
      }
      expect(digest(map), `sequence ${number}`).toBe(wanted);
      expect(applyAll(map, inverses).map).toEqual(first);
    }
  });

  it("are done as one batch, or not at all", () => {
    fc.assert(
      fc.property(fc.constantFrom(...sequences.filter((one) => one.start === "shop")), fc.nat(12), (sequence, length) => {
        const good = sequence.commands.slice(0, length + 1).flatMap(([command, reason]) => (reason === null ? [command] : []));
        fc.pre(good.length > 0);
        const shop = start();
        const inOrder = applyAll(shop, good).map;
        const { map, inverse } = apply(shop, batch(good, "All"));
        expect(map).toEqual(inOrder);
        expect(apply(map, inverse).map).toEqual(shop);
        expect(reasonOf(() => apply(shop, batch([...good, { do: "card.remove", id: "never-there" }])))).toBe("unknown_id");
      }),
      { numRuns: 40 },
    );
  });
});

it("shares what does not change", () => {
  const before = start();
  const { map } = apply(before, { do: "card.set", id: "a1", set: { text: "x" } });
  expect(map.stages).toBe(before.stages);
  expect(map.lanes[2]).toBe(before.lanes[2]);
  expect(map.lanes[1]?.cells["s2"]).toBe(before.lanes[1]?.cells["s2"]);
  expect(map.lanes[1]?.cells["s1"]?.[1]).toBe(before.lanes[1]?.cells["s1"]?.[1]);
});

describe("names", () => {
  it("are said in the texts", () => {
    for (const command of COMMANDS.values()) expect(Object.keys(en)).toContain(command.label);
    for (const reason of REASONS) expect(Object.keys(en)).toContain(`map.refused.${reason}`);
  });

  it("tell what a change was", () => {
    const remove = { do: "card.remove", id: "a1" };
    expect(labelOf([remove])).toBe("map.command.card.remove");
    expect(labelOf([batch([remove])])).toBe("map.command.card.remove");
    expect(labelOf([batch([remove], "map.command.cut")])).toBe("map.command.cut");
    expect(labelOf([batch([remove, remove])])).toBe("map.command.batch");
    expect(labelOf([remove, remove])).toBe("map.command.batch");
    expect(saidBy((key) => en[key] as string, "map.command.cut")).toBe(en["map.command.cut"]);
    expect(saidBy((key) => en[key] as string, "Tidy up")).toBe("Tidy up");
  });

  it("are given to one batch, not to batches of batches", () => {
    const remove = { do: "card.remove", id: "a1" };
    expect(batch([remove])).toBe(remove);
    expect(batch([batch([remove, remove])], "x")).toEqual({ do: "batch", commands: [remove, remove], label: "x" });
  });
});
