import { expect, it } from "vitest";
import type { LibraryKind } from "./document";
import { byKind, listed, type ListedItem } from "./library";

const item = (kind: LibraryKind, name: string, measures: string[] = []): ListedItem => ({ id: name, kind, name, description: "", channel: null, measures, maps: [] });

it("lists items by kind, in the alphabet of the language, and finds them by what measures them", () => {
  const items = [item("system", "CRM"), item("touchpoint", "Żółty list"), item("touchpoint", "Zakup"), item("touchpoint", "Łódź"), item("channel", "www", ["web"])];
  const groups = byKind(items, "", "pl").map((group) => [group.kind, group.items.map((one) => one.name)]);
  expect(groups).toEqual([["touchpoint", ["Łódź", "Zakup", "Żółty list"]], ["channel", ["www"]], ["system", ["CRM"]]]);
  expect(byKind(items, "WEB").flatMap((group) => group.items.map((one) => one.name))).toEqual(["www"]);
});

it("reads names between commas, each once", () => expect(listed(" Basket, Payment,,Basket ")).toEqual(["Basket", "Payment"]));
