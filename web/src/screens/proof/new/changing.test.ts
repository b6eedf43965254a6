import { describe, expect, it } from "vitest";
import type { BeforeAfter, Experiment } from "../../../core/proof";
import { changesOf, changesOfBeforeAfter, draftOf, draftOfBeforeAfter } from "./changing";

const EXPERIMENT = {
  id: "e1", revision: 3, name: "Form", hypothesis: "Shorter is faster.", unit: "email", control: "short", status: "running",
  arms: [{ name: "long", weight: 2 }, { name: "short", weight: 1 }], segments: ["size"], window_days: 7.5, planned: 2700, covariate_days: null,
  metric: { event: "Order", kind: "mean", measure: "value", per: null, direction: "up", margin: 0.07 },
  guardrails: [{ event: "Call", kind: "binary", measure: "count", per: null, direction: "down", margin: 0.07 }],
  traffic: 0.29, exclusive_group: "checkout", holdout: null, holdout_share: 0.05,
  value: 30, value_kpi: null, people_per_year: null, cost: 500,
} as unknown as Experiment;

describe("an experiment that is changed", () => {
  it("sends nothing where nothing was typed", () => {
    expect(changesOf(EXPERIMENT, draftOf(EXPERIMENT))).toEqual({});
    expect(draftOf(EXPERIMENT)).toMatchObject({ traffic: "29", window: "7.5", planned: "2700", metric: { at: "value", margin: "7" } });
  });

  it("sends what was typed, and nothing for what was emptied", () => {
    const draft = { ...draftOf(EXPERIMENT), name: " Shorter form ", planned: "3 000", window: "" };
    expect(changesOf(EXPERIMENT, draft)).toEqual({ name: "Shorter form", planned: 3000, window_days: null });
  });

  it("takes a KPI in place of a typed worth", () => {
    expect(changesOf(EXPERIMENT, { ...draftOf(EXPERIMENT), kpi: "k-1", cost: "" })).toEqual({ value: null, value_kpi: "k-1", cost: null });
  });

  it("keeps the control first, and by its new name", () => {
    const draft = draftOf(EXPERIMENT);
    expect(draft.arms.map((arm) => arm.name)).toEqual(["short", "long"]);
    const [control, other] = draft.arms;
    expect(changesOf(EXPERIMENT, { ...draft, arms: [{ ...control!, name: "today's" }, other!] })).toEqual({ arms: [{ name: "today's", weight: 1 }, { name: "long", weight: 2 }], control: "today's" });
    expect(changesOf(EXPERIMENT, { ...draft, arms: [control!, { ...other!, weight: "1" }] })).not.toHaveProperty("control");
  });
});

describe("a before/after that is changed", () => {
  const was = { name: "Hours", measure: "contacts", of: "Call", direction: "up", treated: "Regulars", comparison: null, roll_out: null, start: "2026-03-01", wait_days: 28, value: 10, cost: null } as unknown as BeforeAfter;
  const before = draftOfBeforeAfter(was, { saved: "Regulars" }, null);

  it("sends what was typed", () => {
    expect(changesOfBeforeAfter(before, draftOfBeforeAfter(was, { saved: "Regulars" }, null))).toEqual({});
    expect(changesOfBeforeAfter(before, { ...before, start: "2026-03-02", value: "" })).toEqual({ start: "2026-03-02", value: null });
  });

  it("takes back segments and day where it rolls out instead", () => {
    const draft = { ...before, design: "staggered" as const, by: "channel", starts: [{ value: "web", day: "2026-03-01" }] };
    expect(changesOfBeforeAfter(before, draft)).toEqual({ treated: null, start: null, roll_out: { by: "channel", starts: { web: "2026-03-01" } } });
  });
});
