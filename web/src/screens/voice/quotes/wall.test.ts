import { expect, it } from "vitest";
import type { QuoteOfStudy } from "../../../core/studies";
import { wallOf } from "./wall";

const quote = (touchpoint: string | null): QuoteOfStudy => ({ study: "s", name: "S", method: "interview", date: "2026-01-01", participants: 3, quote: { id: "q", text: "Late", who: null, touchpoint, channel: null, language: null } });
const count = (touchpoint: string | null, with_text: number) => ({ touchpoint, with_text });

it("adds up the scales of a touchpoint and leaves out what has no words or no place", () => {
  expect(wallOf([count("A", 2), count("B", 9), count("A", 3), count("C", 0), count(null, 50)], [])).toEqual([
    { touchpoint: "B", comments: 9, studies: [] },
    { touchpoint: "A", comments: 5, studies: [] },
  ]);
});

it("puts first what studies quote, also without comments or a touchpoint", () => {
  const wall = wallOf([count("A", 2), count("B", 9)], [quote("A"), quote(null)]);
  expect(wall.map((one) => [one.touchpoint, one.comments, one.studies.length])).toEqual([["A", 2, 1], ["", 0, 1], ["B", 9, 0]]);
});
