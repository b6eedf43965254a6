import { describe, expect, it } from "vitest";
import { matching, stepped } from "./combobox";

const OPTIONS = ["Store visit", "Basket", "E-mail: visit reminder", "Łódź store", "Dućan"];

describe("searching", () => {
  it("puts beginnings before the rest and keeps the order otherwise", () => {
    expect(matching(OPTIONS, "store")).toEqual(["Store visit", "Łódź store"]);
    expect(matching(OPTIONS, "visit")).toEqual(["Store visit", "E-mail: visit reminder"]);
    expect(matching(OPTIONS, "")).toEqual(OPTIONS);
  });

  it("finds words in any order and letters without their marks", () => {
    expect(matching(OPTIONS, "visit mail")).toEqual(["E-mail: visit reminder"]);
    expect(matching(OPTIONS, "lodz")).toEqual(["Łódź store"]);
    expect(matching(OPTIONS, "DUCAN")).toEqual(["Dućan"]);
  });

  it("shows no more than the limit", () => {
    expect(matching(OPTIONS, "", 2)).toEqual(["Store visit", "Basket"]);
  });
});

it("goes round the list", () => {
  expect([stepped(-1, "ArrowDown", 3), stepped(2, "ArrowDown", 3), stepped(-1, "ArrowUp", 3), stepped(1, "ArrowUp", 3), stepped(0, "ArrowDown", 0)]).toEqual([0, 0, 2, 0, -1]);
});
