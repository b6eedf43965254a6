import { expect, it } from "vitest";
import type { Key, Params } from "../i18n";
import { dueOf, dueWords, localDay } from "./due";

it("counts calendar days, over a change of clocks too", () => {
  expect(dueOf("2026-03-30", "2026-03-28")).toEqual({ state: "soon", days: 2 });
  expect(dueOf("2026-10-24", "2026-10-26")).toEqual({ state: "overdue", days: -2 });
  expect(dueOf("2026-11-21", "2026-11-21")).toEqual({ state: "today", days: 0 });
  expect(dueOf("2026-12-05", "2026-11-21")?.state).toBe("soon");
  expect(dueOf("2026-12-06", "2026-11-21")?.state).toBe("later");
  expect(dueOf(null, "2026-11-21")).toBeNull();
});

it("says an overdue day without a minus, a later one as a date", () => {
  const say = (key: Key, params?: Params) => `${key}/${String(params?.["n"] ?? "")}`;
  const words = (review: string) => dueWords(dueOf(review, "2026-11-21")!, review, say, (day) => `on ${day}`);
  expect(words("2026-11-18")).toBe("maps.due.overdue/3");
  expect(words("2026-11-22")).toBe("maps.due.in/1");
  expect(words("2027-01-01")).toBe("on 2027-01-01");
});

it("takes the day from the clock on the wall", () => {
  expect(localDay(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
});
