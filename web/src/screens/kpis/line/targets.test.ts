import { describe, expect, it } from "vitest";
import type { HeldTarget, KpiPoint } from "../../../core/kpis";
import { heldThen, later, pieces } from "./targets";

const point = (since: string): KpiPoint => ({ since, until: since, over: true, figure: { value: 0.5 } as KpiPoint["figure"] });
const points = ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"].map(point);
const held = (value: number, since: string, until: string | null = null): HeldTarget => ({ value, by: null, since, until });
const of = (...targets: HeldTarget[]) => ({ points, targets, since: "2026-03-01", until: "2026-03-04" });
const now = { value: 0.6, by: null };

describe("targets along a line", () => {
  it("change where another one was set", () => {
    expect(pieces(of(held(0.4, "2026-02-01", "2026-03-02"), held(0.6, "2026-03-03")), now)).toEqual([
      { value: 0.4, from: null, to: 2, later: false },
      { value: 0.6, from: 2, to: null, later: false },
    ]);
  });
  it("begin where the first one was set and end where one was taken away", () => {
    expect(pieces(of(held(0.4, "2026-03-02", "2026-03-03")), null)).toEqual([{ value: 0.4, from: 1, to: 3, later: false }]);
  });
  it("are only hinted at where none held", () => {
    expect(pieces(of(held(0.6, "2026-05-01")), now)).toEqual([{ value: 0.6, from: null, to: null, later: true }]);
    expect(pieces(of(), null)).toEqual([]);
    expect(pieces(of(held(0.4, "2026-02-01", "2026-02-05"), held(0.6, "2026-05-01")), now)).toEqual([]);
  });
  it("say that another one holds now", () => {
    const changed = of(held(0.4, "2026-02-01", "2026-03-31"), held(0.6, "2026-04-01"));
    expect([later(changed)?.value, heldThen(changed)]).toEqual([0.6, true]);
    expect(later(of(held(0.4, "2026-02-01")))).toBeNull();
    expect(heldThen(of(held(0.6, "2026-05-01")))).toBe(false);
  });
});
