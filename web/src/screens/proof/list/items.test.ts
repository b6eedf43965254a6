import { expect, it } from "vitest";
import type { BeforeAfter, Experiment } from "../../../core/proof";
import { shownBy, wayTo } from "../address";
import { grouped } from "./items";

const experiment = (id: string, status: Experiment["status"], created: string) => ({ id, status, created }) as Experiment;
const beforeAfter = (id: string, start: string, created: string) => ({ id, start, roll_out: null, wait_days: 28, created }) as BeforeAfter;

it("lists what runs, what is to come and what is over, the newest first", () => {
  const experiments = [experiment("draft", "draft", "1"), experiment("old", "ended", "2"), experiment("runs", "running", "3")];
  const all = [beforeAfter("waits", "2026-03-01", "4"), beforeAfter("past", "2026-01-01", "1"), beforeAfter("to come", "2026-05-01", "0")];
  const ids = (kind: Parameters<typeof grouped>[2]) => grouped(experiments, all, kind, "2026-03-10").map(({ stand, items }) => [stand, items.map((item) => item.of.id)]);
  expect(ids(null)).toEqual([["running", ["waits", "runs"]], ["planned", ["draft", "to come"]], ["ended", ["old", "past"]]]);
  expect(ids("experiments")).toEqual([["running", ["runs"]], ["planned", ["draft"]], ["ended", ["old"]]]);
  expect(grouped([], [], null, "2026-03-10")).toEqual([]);
});

it("reads back the addresses that it writes", () => {
  expect(wayTo(null)).toBe("/proof");
  for (const kind of ["experiments", "before-after"] as const) {
    expect(shownBy(wayTo(kind, "e-1").split("/").slice(2))).toEqual({ kind, id: "e-1" });
    expect(shownBy(wayTo(kind).split("/").slice(2))).toEqual({ kind, id: null });
  }
  expect(shownBy(["elsewhere", "e-1"])).toEqual({ kind: null, id: null });
});
