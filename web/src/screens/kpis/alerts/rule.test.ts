import { describe, expect, it } from "vitest";
import type { AlertRule } from "../../../core/alerts";
import { boundText, ruleOf, sideOf } from "./rule";

describe("a rule that is changed", () => {
  const over: AlertRule = { on: "threshold", above: 0.07, below: null, sure: false };

  it("is typed in percent and sent as a share", () => {
    expect([sideOf(over), boundText(over, "share"), boundText(over, "count")]).toEqual(["above", "7", "0.07"]);
    expect(ruleOf("threshold", "below", "12,5", "share", over)).toEqual({ on: "threshold", below: 0.125, sure: false });
    expect(ruleOf("threshold", "below", "12", "count")).toEqual({ on: "threshold", below: 12, sure: true });
    expect(ruleOf("threshold", "above", "much", "share", over)).toBeNull();
  });

  it("stays to the last digit where nothing was typed", () => expect(ruleOf("threshold", "above", "7", "share", over)).toEqual({ on: "threshold", above: 0.07, sure: false }));

  it("keeps what the dialog does not ask about, of the same kind alone", () => {
    const odd: AlertRule = { on: "anomaly", way: "any", per_year: 4 };
    expect(ruleOf("anomaly", "below", "", "count", odd)).toEqual(odd);
    expect(ruleOf("change", "below", "", "count", odd)).toEqual({ on: "change", way: "worse" });
    expect(ruleOf("target", "below", "", "count", odd)).toEqual({ on: "target" });
  });
});
