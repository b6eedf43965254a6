import { describe, expect, it } from "vitest";
import { sparkline } from "./sparkline";

describe("a sparkline", () => {
  it("runs from the least to the greatest value over its whole width", () => {
    expect(sparkline([0, 5, 10], 44, 14)).toEqual({ lines: ["M2 12L22 7L42 2"], dots: [], end: [42, 2] });
  });

  it("breaks where nothing was counted and keeps what stands alone as a dot", () => {
    const spark = sparkline([1, 3, null, 2, null, 1, 1], 64, 14);
    expect(spark.lines).toEqual(["M2 12L12 2", "M52 12L62 12"]);
    expect(spark.dots).toEqual([[32, 7]]);
  });

  it("has no end where the newest part is not known", () => expect(sparkline([1, 2, null], 44, 14).end).toBeNull());

  it("draws equal values along the middle, one in the middle, none not at all", () => {
    expect(sparkline([4, 4], 44, 14).lines).toEqual(["M2 7L42 7"]);
    expect(sparkline([4], 44, 14).dots).toEqual([[22, 7]]);
    expect(sparkline([null, null], 44, 14)).toEqual({ lines: [], dots: [], end: null });
  });
});
