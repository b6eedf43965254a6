import { describe, expect, it } from "vitest";
import type { Article, FaqAsked } from "../../../core/faq";
import { changesOf, draftOf, holdoutOf } from "./article";

const asked = { filters: {}, language: "pl" } as unknown as FaqAsked;
const was: Article = { id: "a1", revision: 2, name: "Returns", url: null, text: "Send it back.", language: "en", published: "2026-03-01", topic: "t1", source: "typed", holdout: { holdout_people: 1000, holdout_contacted: 90, exposed_people: 2000, exposed_contacted: 120 } };

describe("the counts of a holdout", () => {
  const counts = (...[a, b, c, d]: [string, string, string, string]) => holdoutOf({ holdout_people: a, holdout_contacted: b, exposed_people: c, exposed_contacted: d });
  it("are all typed or none", () => {
    expect(counts("", " ", "", "")).toBeNull();
    expect(counts("1 000", "90", "2000", "0")).toEqual({ holdout_people: 1000, holdout_contacted: 90, exposed_people: 2000, exposed_contacted: 0 });
    expect(counts("1000", "90", "2000", "")).toBeUndefined();
  });
  it.each([["10", "11", "10", "1"], ["10", "1", "10", "11"], ["10", "1.5", "10", "1"], ["10", "-1", "10", "1"], ["ten", "1", "10", "1"]] as [string, string, string, string][])("make sense: %s %s %s %s do not", (...all) => expect(counts(...all)).toBeUndefined());
});

describe("an article that is changed", () => {
  it("sends only what was typed", () => {
    expect(changesOf(was, draftOf(was), asked)).toEqual({});
    expect(changesOf(was, { ...draftOf(was), name: " Sending back ", published: "" }, asked)).toEqual({ name: "Sending back", published: null });
    expect(changesOf(was, { ...draftOf(was), counts: draftOf(null).counts }, asked)).toEqual({ holdout: null });
  });
  it("says which enquiries a new topic is of", () => {
    expect(changesOf(was, { ...draftOf(was), topic: "t2" }, asked)).toEqual({ topic: "t2", asked });
    expect(changesOf(was, { ...draftOf(was), topic: "" }, asked)).toEqual({ topic: null });
  });
});
