import { expect, it } from "vitest";
import { fileName } from "./download";

it.each([
  ["Funnel", "funnel-2026-03-01.csv"],
  ["Ścieżki: źródło → Łódź", "sciezki-zrodlo-lodz-2026-03-01.csv"],
  ["Životni ciklus / đaci", "zivotni-ciklus-daci-2026-03-01.csv"],
  ["…", "desireline-2026-03-01.csv"],
])("%s names a file that every system takes", (title, name) => {
  expect(fileName(title, "csv", new Date(2026, 2, 1))).toBe(name);
});
