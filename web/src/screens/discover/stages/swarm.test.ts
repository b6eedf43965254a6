import { expect, it } from "vitest";
import type { TouchpointStage } from "../../../core/discovery";
import { radius, swarm } from "./swarm";

const some: TouchpointStage[] = Array.from({ length: 60 }, (_, i) => ({ touchpoint: `t${i}`, stage: Math.floor(i / 20), level: Math.floor(i / 20) + (i % 20) / 100, people: 10 + 37 * (i % 7), sureness: 1 }));

it("lets no dot lie on another, and none outside", () => {
  const { dots, height } = swarm(some, 3, 800);
  for (const [i, a] of dots.entries()) {
    expect(a.x - a.r).toBeGreaterThanOrEqual(0);
    expect(a.x + a.r).toBeLessThanOrEqual(800);
    expect(a.y - a.r).toBeGreaterThanOrEqual(0);
    expect(a.y + a.r).toBeLessThanOrEqual(height);
    for (const b of dots.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(a.r + b.r);
  }
});

it("stands dots by level, within the band of their stage", () => {
  const { dots, bands } = swarm(some, 3, 800);
  expect(bands.map((band) => band.from).slice(1)).toEqual(bands.map((band) => band.to).slice(0, -1));
  expect([bands[0]?.from, bands[2]?.to]).toEqual([0, 800]);
  for (const { touchpoint, x } of dots) {
    expect(x).toBeGreaterThan(bands[touchpoint.stage]!.from);
    expect(x).toBeLessThan(bands[touchpoint.stage]!.to);
  }
});

it("makes areas as large as people", () => {
  expect(radius(400, 1600) / radius(1600, 1600)).toBeCloseTo(0.5);
  expect(radius(1, 1_000_000)).toBeGreaterThan(0);
});

it("draws one touchpoint too", () => {
  expect(swarm(some.slice(0, 1), 1, 300).dots).toHaveLength(1);
});
