import { describe, expect, it } from "vitest";
import type { AttributionResult } from "../../../../core/types";
import { focused, modelsOf, reach, rows } from "./credits";

/** Ten conversions: all models hand out all of them but Markov, which could not credit two. */
const result = {
  models: { markov: { ads: 2, mail: 6 }, first: { ads: 7, mail: 3 } },
  intervals: { markov: { mail: [4, 7] } },
} as unknown as AttributionResult;

describe("credits side by side", () => {
  it("are shares of what the model hands out", () => {
    const [mail, ads] = rows(result, "markov");
    expect(mail?.name).toBe("mail");
    expect(mail?.shares.map((s) => [s.model, s.share])).toEqual([["first", 0.3], ["markov", 0.75]]);
    expect(ads?.shares.map((s) => s.share)).toEqual([0.7, 0.25]);
  });
  it("carry the interval of their model on the same scale", () => {
    const markov = rows(result, "markov")[0]?.shares[1];
    expect([markov?.low, markov?.high]).toEqual([0.5, 0.875]);
    expect(rows(result, "markov")[0]?.shares[0]?.low).toBeNull();
  });
  it("say how far the models disagree", () => expect(rows(result, "first").map((r) => [r.name, r.least, r.most])).toEqual([["ads", 0.25, 0.7], ["mail", 0.3, 0.75]]));
  it("share an axis that holds the widest interval", () => expect(reach(rows(result, "markov"))).toBe(0.875));
});

describe("the model in focus", () => {
  it("is the wished one if it was asked for", () => expect(focused(result, "first")).toBe("first"));
  it("else the most thorough that was", () => expect(focused(result, "shapley")).toBe("markov"));
  it("is none without models", () => expect(focused({ ...result, models: {} }, "markov")).toBeNull());
  it("stands in the usual order", () => expect(modelsOf(result)).toEqual(["first", "markov"]));
});
