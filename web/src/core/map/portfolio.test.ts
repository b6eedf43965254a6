import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MapInfo } from "./api";
import { board, contains, dueList, GROUPS, lookOf, shown, SORTS, sorted, toAddress, tree, VIEWS } from "./portfolio";

const info = (id: string, more: Partial<MapInfo> = {}): MapInfo => ({
  id, name: id, kind: "ideal", status: "draft", life_cycle: null, owner: null, review: null, tags: [], parent: null, goal: "", template: null,
  stages: 1, steps: 1, touchpoints: 0, version: 1, changed: "2026-11-01T00:00:00Z", author: "", measured_at: null, coverage: null, worst: null,
  worst_share: null, open_comments: 0, ...more,
});
const names = (maps: readonly MapInfo[]) => maps.map((m) => m.id);
const usual = lookOf(new URLSearchParams());

it("reads back every look it writes into the address", () => {
  const texts = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 3 });
  const look = fc.record({
    view: fc.constantFrom(...VIEWS), group: fc.constantFrom(...GROUPS), sort: fc.constantFrom(...SORTS), down: fc.boolean(),
    text: fc.string(), kinds: texts, statuses: texts, owners: texts, tags: texts, due: fc.boolean(),
  });
  fc.assert(
    fc.property(look, (given) => {
      const query = new URLSearchParams();
      for (const [key, value] of Object.entries(toAddress(given))) for (const one of typeof value === "string" ? [value] : (value ?? [])) query.append(key, one);
      expect(lookOf(query)).toEqual(given);
    }),
  );
  expect(new URLSearchParams(Object.entries(toAddress(usual)).flatMap(([k, v]) => (v?.length ? [[k, String(v)]] : []))).size).toBe(0);
});

describe("the order", () => {
  const maps = [info("b", { coverage: 0.4 }), info("a"), info("c", { coverage: 0.9 }), info("d", { coverage: 0 })];
  it("puts maps without a value last, up and down", () => {
    expect(names(sorted(maps, "coverage", false))).toEqual(["d", "b", "c", "a"]);
    expect(names(sorted(maps, "coverage", true))).toEqual(["c", "b", "d", "a"]);
  });
  it("follows the language: Ł after L in Polish", () => {
    const polish = [info("Łódź"), info("Mapa"), info("Lublin")];
    expect(names(sorted(polish, "name", false, "pl"))).toEqual(["Lublin", "Łódź", "Mapa"]);
  });
  it("takes statuses in the order of their life, not of the alphabet", () => {
    const by = [info("1", { status: "approved" }), info("2", { status: "draft" }), info("3", { status: "archived" }), info("4", { status: "review" })];
    expect(names(sorted(by, "status", false))).toEqual(["2", "4", "1", "3"]);
  });
});

describe("the filters", () => {
  const maps = [
    info("zakup", { name: "Pierwszy zakup w Łodzi", owner: "Ana", tags: ["www"], status: "review", review: "2026-11-01" }),
    info("zwrot", { name: "Zwrot", owner: "Ivo", tags: ["www", "sklep"], review: "2026-11-21" }),
    info("serwis", { name: "Serwis", review: "2027-02-01" }),
  ];
  const found = (look: Partial<typeof usual>) => names(shown(maps, { ...usual, ...look }, "2026-11-21"));
  it("finds letters without their marks, words in any order", () => {
    expect(found({ text: "lodzi pierwszy" })).toEqual(["zakup"]);
    expect(contains("Đakovo", "dakovo")).toBe(true);
    expect(contains("Zwrot", "zakup")).toBe(false);
  });
  it("adds choices of one kind up and narrows by several kinds", () => {
    expect(found({ owners: ["Ana", "Ivo"] })).toEqual(["zakup", "zwrot"]);
    expect(found({ owners: ["Ana", "Ivo"], statuses: ["draft"] })).toEqual(["zwrot"]);
    expect(found({ tags: ["sklep"] })).toEqual(["zwrot"]);
  });
  it("keeps what is due within two weeks", () => expect(found({ due: true })).toEqual(["zakup", "zwrot"]));
  it("lists what is due, the longest overdue first, without the archived", () => {
    expect(names(dueList([...maps.toReversed(), info("old", { review: "2025-01-01", status: "archived" })], "2026-11-21"))).toEqual(["zakup", "zwrot"]);
  });
});

describe("the board", () => {
  it("has a column for every life cycle, and one for the rest only if there are any", () => {
    const placed = board([info("a", { life_cycle: "purchase" })], "life_cycle");
    expect(placed.map((c) => c.key)).toEqual(["awareness", "consideration", "purchase", "post_purchase", "engagement"]);
    expect(names(placed[2]!.maps)).toEqual(["a"]);
    expect(board([info("a")], "life_cycle").at(-1)).toMatchObject({ key: null, maps: [{ id: "a" }] });
  });
});

describe("the tree", () => {
  it("puts maps under their parents, and those of unknown parents at the top", () => {
    const grown = tree([info("child", { parent: "root" }), info("root"), info("orphan", { parent: "gone" }), info("grandchild", { parent: "child" })]);
    expect(grown.map((b) => b.map.id)).toEqual(["root", "orphan"]);
    expect(grown[0]!.children[0]!.children[0]!.map.id).toBe("grandchild");
  });
  it("shows every map once, whatever circles the parents make", () => {
    const parents = fc.array(fc.nat(7), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parents, (given) => {
        const maps = given.map((parent, i) => info(`m${i}`, { parent: `m${parent}` }));
        const all: string[] = [];
        const walk = (branches: ReturnType<typeof tree>): void => branches.forEach((b) => (all.push(b.map.id), walk(b.children)));
        walk(tree(maps));
        expect(all.toSorted()).toEqual(names(maps).toSorted());
      }),
    );
  });
});
