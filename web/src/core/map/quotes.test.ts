import { expect, it } from "vitest";
import { quotesOf } from "./quotes";

it.each([
  ["en", "“ ”"],
  ["en-GB", "“ ”"],
  ["pl", "„ ”"],
  ["hr-HR", "„ ”"],
  ["fr", "«   »"],
  ["is", "“ ”"],
])("%s quotes with %s", (language, marks) => expect(quotesOf("Szukałam prezentu.", language).join(" ").replaceAll("\u00a0", " ")).toBe(marks));

it("adds no marks to those that are there", () => expect(quotesOf(" „Szukałam prezentu.”", "pl")).toEqual(["", ""]));
