import { expect, it } from "vitest";
import type { Persona, PersonaTrait } from "../../../core/discovery";
import { apart, compared } from "./compare";

const trait = (name: string, mean: number): PersonaTrait => ({ behaviour: "channel", name, mean, low: mean - 0.05, high: mean + 0.05, everyone: 0.3, log2_ratio: 1, q: 0, names_it: false });
const persona = (share: number, traits: PersonaTrait[]): Persona => ({
  name: "", names: {}, people: 100, share, low: share - 0.02, high: share + 0.02, stability: 0.9, badge: "very_stable", value: null, pace_seconds: null,
  channels: [], touchpoints: [], goal: null, journey: [], traits, trend: [],
});
const marks = (cells: ReturnType<typeof apart>) => cells.map((cell) => cell?.apart ?? null);

it("marks only what lies apart from all others, intervals and all", () => {
  const one = (value: number, low: number, high: number) => ({ value, low, high });
  expect(marks(apart([one(0.5, 0.4, 0.6), one(0.2, 0.1, 0.3), one(0.3, 0.2, 0.39)]))).toEqual(["more", null, null]);
  expect(marks(apart([one(0.5, 0.4, 0.6), one(0.2, 0.1, 0.19), one(0.3, 0.2, 0.4)]))).toEqual([null, "less", null]);
  expect(marks(apart([one(0.5, 0.4, 0.6), one(0.5, 0.4, 0.6)]))).toEqual([null, null]);
});

it("marks nothing where a figure or an interval is missing, nor in one persona alone", () => {
  expect(marks(apart([{ value: 9, low: 8, high: 10 }, null]))).toEqual([null, null]);
  expect(marks(apart([{ value: 9, low: 8, high: 10 }, { value: 1, low: null, high: null }]))).toEqual([null, null]);
  expect(marks(apart([{ value: 9, low: 8, high: 10 }]))).toEqual([null]);
});

it("lists every behaviour once, the most telling of each persona first", () => {
  const rows = compared([persona(0.6, [trait("web", 0.8), trait("store", 0.1)]), persona(0.4, [trait("phone", 0.5), trait("web", 0.2)])]);
  expect(rows.map((row) => row.name ?? row.kind)).toEqual(["people", "web", "phone", "store"]);
  expect(marks(rows[1]!.cells)).toEqual(["more", "less"]);
  expect(rows[2]!.cells.map((cell) => cell?.value ?? null)).toEqual([null, 0.5]);
});
