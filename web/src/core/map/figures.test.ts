import { describe, expect, it } from "vitest";
import { formats } from "../format";
import { amount, changed, decimals, emotionText, figureText, interval } from "./figures";
import type { Change, Figure } from "./measured";

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
const proof = { grade: "measured", n: 214, since: null, until: null, last_true: null, freshness: 1 } as const;
const figure = (given: Partial<Figure>): Figure => ({ value: 0, unit: "share", n: 214, of: null, low: null, high: null, proof, cell: null, spark: [], change: null, ...given });
const change = (difference: number, low: number | null, high: number | null): Change => ({ before: 0, difference, low, high, changed: low !== null && high !== null && low * high > 0 });

describe("decimals", () => {
  it.each([
    [0.292, 0.3, 2], // half width 0.004: hundredths would be 3, at most 2
    [29.2, 30.0, 1], // half width 0.4: tenths
    [26, 32, 0], // half width 3: whole
    [10, 60, 0],
    [-1.18, -1.1, 2], // half width 0.04: hundredths
    [-1.35, -0.85, 1], // half width 0.25: tenths
    [5, 5, 2], // no width: all that is asked for
  ])("of %d to %d are %d", (low, high, digits) => expect(decimals(low, high, 2)).toBe(digits));

  it("fall back where there is no interval", () => expect(decimals(null, null, 2, 1)).toBe(1));
});

describe("figures in three languages", () => {
  it.each([
    ["en", "45.3%", "44.9%", "45.7%"],
    ["pl", "45,3%", "44,9%", "45,7%"],
    ["hr", "45,3 %", "44,9 %", "45,7 %"],
  ] as const)("%s writes a share known to ±0.4 points", (language, text, low, high) => {
    const f = formats(language);
    const share = figure({ value: 0.4531, low: 0.4492, high: 0.457 });
    expect(plain(figureText(share, f))).toBe(text);
    const ends = interval(share, f);
    expect([plain(ends?.low ?? ""), plain(ends?.high ?? "")]).toEqual([low, high]);
  });

  it("drops what a wide interval cannot hold", () => {
    const f = formats("en");
    expect(figureText(figure({ value: 0.4531, low: 0.39, high: 0.52 }), f)).toBe("45%");
    expect(figureText(figure({ value: 3.437, unit: "score", low: 3.2, high: 3.7 }), f)).toBe("3.4");
    expect(figureText(figure({ value: 3.437, unit: "score", low: 3.41, high: 3.46 }), f)).toBe("3.44");
    expect(figureText(figure({ value: 183_000, unit: "seconds", low: 90_000, high: 290_000 }), f)).toBe("2 days");
    expect(figureText(figure({ value: 183_000, unit: "seconds", low: 180_000, high: 190_000 }), f)).toBe("2.1 days");
  });

  it("writes people whole and nothing as a dash", () => {
    expect(plain(amount(21_904, figure({ unit: "people" }), formats("hr")))).toBe("21.904");
    expect(figureText(figure({ value: null }), formats("en"))).toBe("–");
    expect(interval(figure({ value: 0.5 }), formats("en"))).toBeNull();
  });
});

describe("changes", () => {
  it("of a share are points with a sign, as fine as their interval", () => {
    const up = changed(figure({ value: 0.18, change: change(0.031, 0.024, 0.038) }), formats("pl"));
    expect(up).toEqual({ direction: "up", by: "+3,1", points: true, clear: true });
    const down = changed(figure({ value: 0.18, change: change(-0.031, -0.09, 0.028) }), formats("en"));
    expect(down).toEqual({ direction: "down", by: "−3", points: true, clear: false });
  });

  it("of people and of time keep their unit", () => {
    expect(changed(figure({ value: 900, unit: "people", change: change(-1210, null, null) }), formats("en"))?.by).toBe("−1,210");
    expect(plain(changed(figure({ value: 900, unit: "seconds", change: change(5400, null, null) }), formats("en"))?.by ?? "")).toBe("+1.5 hrs");
    expect(changed(figure({ value: 900, unit: "people", change: change(0, null, null) }), formats("en"))).toMatchObject({ direction: "same", by: "0" });
    expect(changed(figure({ value: 0.2 }), formats("en"))).toBeNull();
  });
});

it("gives an emotion its sign", () => {
  expect(emotionText({ low: -1.3, high: -0.9 }, -1.12, formats("en"))).toBe("−1.1");
  expect(emotionText({ low: -0.6, high: 1.9 }, 0.6, formats("en"))).toBe("+1");
  expect(emotionText({ low: null, high: null }, 0, formats("hr"))).toBe("0,0");
});
