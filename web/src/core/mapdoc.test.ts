import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { channelRows, coverage, lane, stageCell, waiting, type MapDocument } from "./mapdoc";

/** The document that the server's own tests read and write. */
const sample = JSON.parse(readFileSync(new URL("../../../tests/cases/map/sample.json", import.meta.url), "utf-8")) as MapDocument;

describe("the server's sample document", () => {
  it("has one cell per stage in every lane", () => {
    for (const l of sample.lanes) expect(l.cells).toHaveLength(sample.stages.length);
  });

  it("adds up: who goes on is where they go", () => {
    const path = lane(sample, "path");
    sample.stages.forEach((stage, i) => {
      const onward = path?.cells[i]?.onward.reduce((sum, flow) => sum + flow.people, 0);
      expect(onward).toBe(stage.goes_on);
      expect(stage.goes_on + stage.dropped + stage.open).toBe(stage.people);
    });
  });

  it("names every channel once, those with most people first", () => {
    const rows = channelRows(sample);
    expect(new Set(rows).size).toBe(rows.length);
    const all = lane(sample, "touchpoints")?.cells.flatMap((c) => c.touchpoints) ?? [];
    const people = (channel: string | null) => all.filter((t) => t.channel === channel).reduce((sum, t) => sum + t.people, 0);
    expect(rows).toEqual([...rows].sort((a, b) => people(b) - people(a)));
    expect(rows.reduce((sum, c) => sum + people(c), 0)).toBe(all.reduce((sum, t) => sum + t.people, 0));
  });

  it("is covered as far as its badges say", () => {
    const touchpoints = lane(sample, "touchpoints")?.cells.flatMap((c) => c.touchpoints) ?? [];
    const { measured, cells } = coverage(sample);
    expect(cells).toBe(sample.stages.length * (1 + waiting(sample).length) + touchpoints.length + sample.unplaced.length);
    expect(measured).toBeGreaterThan(0);
    expect(measured).toBeLessThan(cells);
  });
});

it("counts stages from one in drill-down cells", () => {
  expect(stageCell("dropped", 0)).toBe("dropped:1");
});
