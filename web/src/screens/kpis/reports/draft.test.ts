import { describe, expect, it } from "vitest";
import type { Report } from "../../../core/reports";
import { Draft } from "./draft.svelte";

const was = {
  id: "r1", revision: 2, name: "Monday", description: "", language: "pl", formats: ["pdf"], schedule: null, to: [],
  parts: [{ part: "kpis", kpis: ["k1", "k2"], by: "month", last: 6 }, { part: "obstacles", most: 3 }],
} as unknown as Report;

describe("the KPIs of a report", () => {
  it("stay as they were, with their periods", () => expect(new Draft(was, "en").written().parts).toEqual(was.parts));

  it("are those that are chosen, or all", () => {
    const draft = new Draft(was, "en");
    draft.kpis = ["k3"];
    expect(draft.written().parts[0]).toEqual({ part: "kpis", kpis: ["k3"], by: "month", last: 6 });
    draft.which = "all";
    expect(draft.written().parts[0]).toMatchObject({ kpis: [] });
    expect(new Draft(null, "en").written().parts[0]).toEqual({ part: "kpis", kpis: [], by: "week" });
  });

  it("must be at least one", () => {
    const draft = new Draft(was, "en");
    draft.kpis = [];
    expect(draft.missing()).toBe("kpis");
    draft.contents = ["obstacles"];
    expect(draft.missing()).toBeNull();
  });
});
