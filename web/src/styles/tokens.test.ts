import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf-8");
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
const themes = {
  light: new Map(pairs.map((m) => [m[1], m[2]] as const)),
  dark: new Map(pairs.map((m) => [m[1], m[3]] as const)),
};

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each(["light", "dark"] as const)("the %s theme", (name) => {
  const color = (token: string): string => {
    const value = themes[name].get(token);
    if (!value) throw new Error(`no token --${token}`);
    return value;
  };
  const grounds = ["paper", "sheet", "lane"];

  it.each(["ink", "ink-2", "ink-3", "path", "bad", "good", "ochre"])("reads %s as text on every ground", (token) => {
    for (const ground of grounds) expect(contrast(color(token), color(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["edge", "plan", "band", "path-mid", "bad-mid", "ochre-mid", "focus"])("sees %s as graphics on paper and sheet", (token) => {
    for (const ground of ["paper", "sheet"]) expect(contrast(color(token), color(ground)), ground).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ["on-ink", "ink"],
    ["on-path", "path"],
    ["ink", "path-soft"],
    ["ink", "bad-soft"],
    ["ink-2", "bad-soft"],
    ["bad", "bad-soft"],
    ["ink", "good-soft"],
    ["ink", "ochre-soft"],
    ["ochre", "ochre-soft"],
  ])("reads %s on %s", (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5);
  });
});

it("has four type sizes and a 4 px grid", () => {
  expect([...css.matchAll(/--text-\w+: (\d+)px/g)].map((m) => Number(m[1]))).toEqual([13, 15, 18, 24]);
  for (const [, step] of css.matchAll(/--s\d+: (\d+)px/g)) expect(Number(step) % 4).toBe(0);
});
