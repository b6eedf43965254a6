import { describe, expect, it } from "vitest";
import type { Report } from "../../../core/reports";
import { Draft } from "./draft.svelte";

const was = {
  id: "r1", revision: 2, name: "Monday", description: "", language: "pl", formats: ["pdf"], schedule: null, to: [],
  parts: [{ part: "kpis", kpis: ["k1", "k2"], by: "month", last: 6 }, { part: "obstacles", most: 3 }],
} as unknown as Report;

const first = (draft: Draft) => {
  const [section] = draft.sections;
  if (!section) throw new Error("no section");
  return section;
};

describe("the KPIs of a report", () => {
  it("stay as they were, with their periods", () => expect(new Draft(was, "en").written().parts).toEqual(was.parts));

  it("are those that are chosen, or all", () => {
    const draft = new Draft(was, "en");
    first(draft).kpis = ["k3"];
    expect(draft.written().parts[0]).toEqual({ part: "kpis", kpis: ["k3"], by: "month", last: 6 });
    first(draft).which = "all";
    expect(draft.written().parts[0]).toMatchObject({ kpis: [] });
    expect(new Draft(null, "en").written().parts[0]).toEqual({ part: "kpis", kpis: [], by: "week" });
  });

  it("must be at least one", () => {
    const draft = new Draft(was, "en");
    first(draft).kpis = [];
    expect(draft.missing()).toBe("kpis");
    draft.contents = ["obstacles"];
    expect(draft.missing()).toBeNull();
  });

  it("come in several parts, each with its title", () => {
    const draft = new Draft(was, "en");
    draft.add();
    expect(draft.missing()).toBe("kpis");
    const [one, two] = draft.sections;
    if (!one || !two) throw new Error("no sections");
    [one.title, two.title, two.kpis] = ["Shop", " Service ", ["k3"]];
    expect(draft.written().parts).toEqual([
      { part: "kpis", title: "Shop", kpis: ["k1", "k2"], by: "month", last: 6 },
      { part: "kpis", title: "Service", kpis: ["k3"], by: "week" },
      { part: "obstacles", most: 3 },
    ]);
    draft.drop(one.key);
    expect(draft.written().parts[0]).toMatchObject({ title: "Service" });
  });

  it("are not lost with whatever else was put together elsewhere", () => {
    const parts = [{ part: "text", title: "A", text: "a" }, { part: "text", title: "B", text: "b" }, { part: "kpis", title: "Shop", kpis: [], by: "day" }, { part: "kpis", title: "Calls", kpis: ["k1"], by: "week" }, { part: "map", map: "m1" }, { part: "map", map: "m2" }];
    expect(new Draft({ ...was, parts } as unknown as Report, "en").written().parts).toEqual(parts);
  });
});
