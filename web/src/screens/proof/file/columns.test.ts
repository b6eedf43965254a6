import { describe, expect, it } from "vitest";
import { askedBeforeAfter, askedExperiment, guessedBeforeAfter, guessedExperiment, missingOfBeforeAfter, missingOfExperiment, type FileColumn } from "./columns";

const columns = (...listed: [string, string][]): FileColumn[] => listed.map(([name, type]) => ({ name, type, samples: [] }));

describe("an experiment in a file", () => {
  const cats = guessedExperiment(columns(["userid", "integer"], ["version", "text"], ["sum_gamerounds", "integer"], ["retention_1", "boolean"], ["retention_7", "boolean"]));

  it("is guessed by names and kinds", () => expect(cats).toMatchObject({ arm: "version", outcome: "retention_1", unit: "userid", time: "" }));

  it("says what is missing, and sends nothing for what is empty", () => {
    expect(missingOfExperiment(guessedExperiment(columns(["a", "text"])))).toBe("arm");
    expect(missingOfExperiment({ ...cats, outcome: "" })).toBe("outcome");
    expect(missingOfExperiment({ ...cats, cost: "much" })).toBe("number");
    expect(missingOfExperiment(cats)).toBeNull();
    expect(askedExperiment({ ...cats, unit: "", control: " gate_30 ", guardrail: "sum_gamerounds", value: "3,5" })).toEqual({
      arm: "version", outcome: "retention_1", direction: "up", segment: [], control: "gate_30", unit: null, covariate: null, denominator: null,
      guardrails: [{ column: "sum_gamerounds", direction: "up" }], time: null, planned: null, value_per_unit: 3.5, people: null, cost: null,
    });
  });
});

describe("a before/after in a file", () => {
  const stores = guessedBeforeAfter(columns(["store", "text"], ["day", "date"], ["new_label", "boolean"], ["calls", "integer"]));

  it("is guessed by names and kinds", () => expect(stores).toMatchObject({ unit: "store", time: "day", value: "calls", treated: "new_label" }));

  it("takes a column of starts in place of a start", () => {
    expect(missingOfBeforeAfter(stores)).toBe("start");
    expect(missingOfBeforeAfter({ ...stores, startColumn: "since" })).toBeNull();
    expect(askedBeforeAfter({ ...stores, start: "2026-06-01", startColumn: "since" })).toMatchObject({ treated: null, start: null, start_column: "since" });
    expect(askedBeforeAfter({ ...stores, start: "2026-06-01" })).toMatchObject({ treated: "new_label", start: "2026-06-01", start_column: null });
  });
});
