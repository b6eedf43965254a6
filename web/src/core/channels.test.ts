import { expect, it } from "vitest";
import { channelKind } from "./channels";

it.each([
  ["Internet", "web"],
  ["e-mail", "email"],
  ["Desk", "desk"],
  ["Post", "post"],
  ["call centre", "phone"],
  ["poczta", "post"],
  ["sklep", "store"],
  ["dućan", "store"],
  ["Mailer", "post"],
  ["parcel locker", "parcel"],
  ["Intern", "other"],
  [null, "other"],
] as const)("%s is %s", (name, kind) => {
  expect(channelKind(name)).toBe(kind);
});
