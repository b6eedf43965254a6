import { describe, expect, it } from "vitest";
import { byReason, rawColumns, rawFields, rawSamples, rejectedIn, sourceNameOf } from "./naming";

describe("the name of a source", () => {
  it("comes from the file, without endings, folders and dates", () => {
    expect(["orders.csv", "bpic2012.xes.gz", "C:\\exports\\shop export_2026-03-01.xlsx", "klienci-202603.CSV", "2026-03-01.csv", ".csv"].map(sourceNameOf)).toEqual(
      ["orders", "bpic2012", "shop export", "klienci", "2026-03-01", "file"]);
  });
});

describe("rejects", () => {
  const counts = [
    { source: "a", reason: "no_person", count: 2 },
    { source: "a", reason: "no_time", count: 5 },
    { source: "b", reason: "no_person", count: 4 },
  ];

  it("add up by reason, most first", () => {
    expect(byReason(counts, null)).toEqual([{ reason: "no_person", count: 6 }, { reason: "no_time", count: 5 }]);
    expect(byReason(counts, "a")).toEqual([{ reason: "no_time", count: 5 }, { reason: "no_person", count: 2 }]);
    expect(rejectedIn({ no_person: 2, no_time: 5 })).toBe(7);
  });

  it("show their fields, or the text that was no row", () => {
    expect(rawFields('{"id":"NA","n":3}')).toEqual([["id", "NA"], ["n", "3"]]);
    expect(rawFields('{"_raw":"a;b;c"}')).toEqual([["", "a;b;c"]]);
    expect(rawFields("a;b")).toEqual([["", "a;b"]]);
    expect(rawColumns([{ raw: '{"id":"1","t":"x"}' }, { raw: '{"t":"y","u":"z"}' }, { raw: "broken" }])).toEqual(["id", "t", "u"]);
  });

  it("show a few different values of a column", () => {
    const rows = ["x", "x", "", "y", "z", "w"].map((t) => ({ raw: JSON.stringify({ t, u: "other" }) }));
    expect(rawSamples(rows, "t")).toEqual(["x", "y", "z"]);
    expect(rawSamples(rows, "missing")).toEqual([]);
  });
});
