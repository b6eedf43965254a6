import { describe, expect, it } from "vitest";
import { asked, askedBeforeAfter, missingOf, missingOfBeforeAfter, newBeforeAfter, newExperiment, newMetric } from "./draft";

const whole = () => ({ ...newExperiment(["as now", "changed"]), name: " Form ", metric: { ...newMetric(), event: "Order" } });

describe("an experiment that is written", () => {
  it("is sent with shares of one, and nothing for what is empty", () => {
    const sent = asked({ ...whole(), planned: "2 700", window: "", traffic: "12,5", guardrails: [{ ...newMetric("down"), event: "Call", margin: "5" }], holdout: "all of 2026", holdoutShare: "10" });
    expect(sent).toMatchObject({ name: "Form", planned: 2700, window_days: null, traffic: 0.125, exclusive_group: null, holdout: "all of 2026", holdout_share: 0.1 });
    expect(sent.metric).toMatchObject({ event: "Order", kind: "binary", per: null, direction: "up" });
    expect(sent.guardrails).toEqual([{ event: "Call", kind: "binary", measure: "count", per: null, direction: "down", margin: 0.05 }]);
    expect(sent.arms).toEqual([{ name: "as now", weight: 1 }, { name: "changed", weight: 1 }]);
  });

  it.each([
    ["happened", { kind: "binary", measure: "count", per: null }],
    ["count", { kind: "mean", measure: "count", per: null }],
    ["value", { kind: "mean", measure: "value", per: null }],
    ["per", { kind: "ratio", measure: "count", per: "Visit" }],
  ] as const)("looks at %s", (at, metric) => expect(asked({ ...whole(), metric: { ...newMetric(), event: "Order", at, per: "Visit" } }).metric).toMatchObject(metric));

  it("says what is missing", () => {
    expect(missingOf(whole())).toBeNull();
    expect(missingOf({ ...whole(), name: "  " })).toBe("name");
    expect(missingOf({ ...whole(), metric: newMetric() })).toBe("event");
    expect(missingOf({ ...whole(), guardrails: [newMetric()] })).toBe("event");
    expect(missingOf({ ...whole(), metric: { ...newMetric(), event: "Order", at: "per" } })).toBe("per");
    expect(missingOf({ ...whole(), arms: [{ name: "a", weight: "1" }, { name: " a", weight: "1" }] })).toBe("arms");
    expect(missingOf({ ...whole(), arms: [{ name: "a", weight: "1" }, { name: "b", weight: "0" }] })).toBe("number");
    expect(missingOf({ ...whole(), window: "a week" })).toBe("number");
  });
});

describe("a before/after that is written", () => {
  const at_once = () => ({ ...newBeforeAfter(), name: "Hours", of: "Call", start: "2026-03-01", treated: { saved: "Regulars" } });

  it("compares two segments from a day", () => {
    const sent = askedBeforeAfter({ ...at_once(), comparison: { of: "people" as const, where: 'channel = "web"' }, cost: "1 200,50" });
    expect(sent).toEqual({ name: "Hours", measure: "people", of: "Call", direction: "up", treated: "Regulars", comparison: { of: "people", where: 'channel = "web"' }, start: "2026-03-01", wait_days: 28, value: null, cost: 1200.5 });
  });

  it("rolls out to values one after another; those without a day are compared with", () => {
    const draft = { ...newBeforeAfter(), name: "Hours", of: "Call", design: "staggered" as const, by: "channel", starts: [{ value: "web", day: "2026-03-01" }, { value: "app", day: "" }, { value: " ", day: "2026-03-02" }] };
    expect(missingOfBeforeAfter(draft)).toBeNull();
    expect(askedBeforeAfter(draft)).toMatchObject({ roll_out: { by: "channel", starts: { web: "2026-03-01", app: null } } });
    expect(askedBeforeAfter(draft)).not.toHaveProperty("treated");
  });

  it("says what is missing", () => {
    expect(missingOfBeforeAfter(at_once())).toBeNull();
    expect(missingOfBeforeAfter({ ...at_once(), of: "" })).toBe("event");
    expect(missingOfBeforeAfter({ ...at_once(), treated: null })).toBe("treated");
    expect(missingOfBeforeAfter({ ...at_once(), start: "" })).toBe("start");
    expect(missingOfBeforeAfter({ ...at_once(), design: "staggered" })).toBe("roll_out");
    expect(missingOfBeforeAfter({ ...at_once(), wait: "-1" })).toBe("number");
  });
});
