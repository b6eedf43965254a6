import { describe, expect, it } from "vitest";
import { gradeOf, peopleOf, phaseOf, wordOf } from "./proof";

it("has no word on success and no grade for an estimate without a verdict", () => {
  const short = { verdict: "too_early", reason: "too_few_days_before_for_verdict", grade: "C" } as const;
  expect([wordOf(short), gradeOf(short)]).toEqual(["estimate", null]);
  expect([wordOf({ verdict: "too_early", reason: "wait_not_over" }), wordOf({ verdict: "no_evidence", reason: null })]).toEqual(["too_early", "no_evidence"]);
  expect(gradeOf({ verdict: "no_evidence", grade: "B" })).toBe("B");
});

describe("how a before/after stands", () => {
  const one = (start: string | null, starts: Record<string, string | null> | null = null) => ({ start, roll_out: starts && { by: "channel", starts }, wait_days: 28 });

  it.each([
    ["2026-03-02", "2026-03-01", "planned"],
    ["2026-03-01", "2026-03-01", "running"],
    ["2026-03-01", "2026-03-28", "running"],
    ["2026-03-01", "2026-03-29", "ended"],
  ])("begun on %s, on %s: %s", (start, today, phase) => expect(phaseOf(one(start), today)).toBe(phase));

  it("runs from the first of several to the end of the last one's waiting time", () => {
    const staggered = one(null, { web: "2026-04-01", app: "2026-03-01", store: null });
    expect(["2026-02-28", "2026-03-01", "2026-04-28", "2026-04-29"].map((day) => phaseOf(staggered, day))).toEqual(["planned", "running", "running", "ended"]);
  });
});

it("asks for those who saw one arm and no other", () => {
  const { of, where } = peopleOf({ id: "e-1", name: "Form", arms: [{ name: "a", weight: 1 }, { name: "b", weight: 1 }, { name: "c", weight: 1 }] }, "b");
  const saw = (arms: string[]) => ({ did: "experiment_exposure", where: { all: [{ field: "property.experiment", op: "in", value: ["e-1", "Form"] }, { field: "property.arm", op: "in", value: arms }] } });
  expect({ of, where }).toEqual({ of: "people", where: { all: [saw(["b"]), { not: saw(["a", "c"]) }] } });
});
