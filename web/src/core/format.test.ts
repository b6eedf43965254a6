import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formats, percentDigits } from "./format";

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

describe("numbers", () => {
  it.each([
    ["en", "2,469", "45%", "1 Jan 2017"],
    ["pl", "2 469", "45%", "1 sty 2017"],
    ["hr", "2.469", "45 %", "1. sij 2017."],
  ] as const)("are written as %s writes them", (language, number, percent, day) => {
    const f = formats(language);
    expect(plain(f.number(2469))).toBe(number);
    expect(plain(f.percent(0.4501, 5000))).toBe(percent);
    expect(plain(f.date("2017-01-01T23:30:00Z"))).toBe(day);
  });

  it("groups thousands in every language", () => {
    expect(plain(formats("pl").number(1234567))).toBe("1 234 567");
    expect(plain(formats("hr").number(1234567))).toBe("1.234.567");
  });
});

describe("shares", () => {
  it("show a decimal only when small and well supported", () => {
    expect(percentDigits(0.034, 20)).toBe(0);
    expect(percentDigits(0.034, 50_000)).toBe(1);
    expect(percentDigits(0.34, 50_000)).toBe(0);
    expect(percentDigits(0.997, 1559)).toBe(1);
  });

  it("never round what is not all to all, nor somebody to nobody", () => {
    const { percent } = formats("en");
    expect(percent(1554 / 1559, 1559)).toBe("99.7%");
    expect(percent(0.9999, 50_000)).toBe(">99.9%");
    expect(percent(0.999, 200)).toBe(">99%");
    expect(percent(0.0001, 50_000)).toBe("<0.1%");
    expect([percent(0), percent(1)]).toEqual(["0%", "100%"]);
  });
});

describe("spans of time", () => {
  it.each([
    [0, "0 secs"],
    [0.000001, "<1 sec"],
    [45, "45 secs"],
    [90, "1.5 mins"],
    [5460, "1.5 hrs"],
    [93_780, "26 hrs"],
    [183_000, "2.1 days"],
    [1_209_600, "14 days"],
    [63_113_904, "2 yrs"],
  ])("%d s is %s", (seconds, text) => {
    expect(plain(formats("en").duration(seconds))).toBe(text);
  });

  it("says something finite for every span", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e11, noNaN: true }), fc.constantFrom("en", "pl", "hr"), (seconds, language) => {
        expect(formats(language as "en").duration(seconds)).toMatch(/\d/);
      }),
    );
  });

  it("counts back from now", () => {
    const now = new Date("2026-11-21T12:00:00Z");
    expect(formats("en").ago("2026-11-18T12:00:00Z", now)).toBe("3 days ago");
    expect(formats("pl").ago("2026-11-20T12:00:00Z", now)).toBe("wczoraj");
  });
});
