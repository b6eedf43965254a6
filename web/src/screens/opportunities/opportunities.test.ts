import { describe, expect, it } from "vitest";
import { ApiError } from "../../core/api";
import { obstacleOf, pageOf, type Opportunity, type OpportunityWritten } from "../../core/opportunities";
import { saved } from "../../core/saving";
import { asNumber } from "./detail/numbers";
import { placed } from "./detail/placing";
import { stakesOf, strengthOf } from "./detail/stakes";
import { orderOf, rankSaid, rankSpan, rankText } from "./list/ranks";
import { rounded } from "./rounding";

const place = (rank_low: number | null, rank_high: number | null, overlaps: string[] = []) => ({ rank_low, rank_high, overlaps });

describe("ranks", () => {
  it("shows a place, a range of places, or none", () => {
    expect([rankText(place(3, 3)), rankText(place(2, 5)), rankText(place(null, null))]).toEqual(["3", "2–5", "–"]);
    const say = (key: string, params: unknown = {}) => `${key} ${JSON.stringify(params)}`;
    expect(rankSaid(place(2, 5), 7, say)).toBe('opportunities.rank.range {"low":2,"high":5,"n":7}');
    expect(rankSaid(place(3, 3), 7, say)).toBe('opportunities.rank.one {"low":3,"n":7}');
    expect(rankSaid(place(null, null), 7, say)).toBe("opportunities.rank.none {}");
  });
  it("claims no order where places overlap", () => {
    expect(orderOf([])).toBe("none_valued");
    expect(orderOf([place(1, 1), place(null, null)])).toBe("one");
    expect(orderOf([place(1, 1), place(2, 2)])).toBe("clear");
    expect(orderOf([place(1, 2, ["b"]), place(1, 2, ["a"])])).toBe("none");
    expect(orderOf([place(1, 2, ["b"]), place(1, 2, ["a"]), place(3, 3)])).toBe("partly");
  });
  it("draws a range on the scale of all places", () => {
    expect(rankSpan(place(1, 4), 4)).toEqual({ from: 0, to: 1 });
    expect(rankSpan(place(3, 3), 4)).toEqual({ from: 0.5, to: 0.75 });
    expect(rankSpan(place(null, null), 4)).toBeNull();
  });
});

describe("figures", () => {
  it("are no finer than their interval", () => {
    expect(rounded(31_412, 25_031, 37_990)).toEqual([31_000, 25_000, 38_000]);
    expect(rounded(0.12345, 0.0812, 0.1657)).toEqual([0.123, 0.081, 0.166]);
    expect(rounded(43.08, 39.9, 46.4)).toEqual([43.1, 39.9, 46.4]);
    expect(rounded(12.345, null, null)).toEqual([12.345, null, null]);
  });
  it("are read as people type them", () => {
    expect([asNumber("1 234,5"), asNumber("0.5"), asNumber("−3"), asNumber(" "), asNumber("1.2.3")]).toEqual([1234.5, 0.5, -3, null, NaN]);
  });
});

const SEEN = { id: "o", revision: 1, title: "A", effort: 2, owner: null, place: { touchpoint: "Basket" } } as unknown as Opportunity;

/** A server that holds `newest`. */
function server(newest: Opportunity) {
  let held = newest;
  const change = (_: string, revision: number, set: OpportunityWritten): Promise<Opportunity> => {
    if (revision !== held.revision) return Promise.reject(new ApiError("stale_opportunity", "stale", 409));
    held = { ...held, ...set, revision: held.revision + 1 } as Opportunity;
    return Promise.resolve(held);
  };
  return { change, one: () => Promise.resolve(held), held: () => held };
}

describe("saving", () => {
  it("saves on top of a newer revision what nobody else touched", async () => {
    const there = server({ ...SEEN, revision: 4, owner: "Web" });
    const { now, clashes } = await saved(there, SEEN, { effort: 3 });
    expect([now.effort, now.owner, now.revision, clashes]).toEqual([3, "Web", 5, []]);
  });
  it("gives back what both changed, and overwrites nothing", async () => {
    const there = server({ ...SEEN, revision: 2, effort: 5 });
    const { now, clashes } = await saved(there, SEEN, { effort: 3, title: "B" });
    expect(clashes).toEqual([{ field: "effort", mine: 3, theirs: 5 }]);
    expect([now.effort, now.title, there.held().effort]).toEqual([5, "B", 5]);
  });
  it("sees no clash where both wrote the same", async () => {
    const { clashes } = await saved(server({ ...SEEN, revision: 2, effort: 3 }), SEEN, { effort: 3 });
    expect(clashes).toEqual([]);
  });
  it("lets other failures through", async () => {
    const broken = { change: () => Promise.reject(new ApiError("bad_question", "no", 422)), one: () => Promise.resolve(SEEN) };
    await expect(saved(broken, SEEN, { effort: 3 })).rejects.toThrow("no");
  });
});

describe("the obstacle behind it", () => {
  const source = { question: "obstacles" as const, fields: { goal: "Order", filters: { channels: ["web"] }, kinds: null }, cell: 'obstacle:["self_loop", "Basket", "web"]' };
  it("is read from its cell", () => {
    expect(obstacleOf(source)).toEqual({ kind: "self_loop", touchpoint: "Basket", channel: "web" });
    expect([obstacleOf(null), obstacleOf({ ...source, cell: "obstacle:x" }), obstacleOf({ ...source, question: "stakes" })]).toEqual([null, null, null]);
  });
  it("has a page, and so has friction", () => {
    expect(pageOf(source)).toEqual({ key: "self_loop:Basket:web", touchpoint: "Basket" });
    const friction = { question: "stakes" as const, fields: { goal: "Order", touchpoint: "Chat" }, cell: null, outcome: "drop" as const };
    expect(pageOf(friction)).toEqual({ key: "friction:Chat:drop", touchpoint: "Chat" });
    expect([pageOf({ ...friction, outcome: null }), pageOf(null)]).toEqual([null, null]);
  });
  it("is asked about with the same filters, and not where it lies at the goal", () => {
    expect(stakesOf(source, null, "en")).toEqual({ filters: { channels: ["web"] }, goal: "Order", touchpoint: "Basket", obstacle: "self_loop", channel: "web", language: "en" });
    expect(stakesOf(source, "Basket", "en")).toBeNull();
    expect(stakesOf({ question: "stakes", fields: { goal: "Order", touchpoint: "Chat" }, cell: null }, "Visit", "pl")).toEqual({ goal: "Visit", touchpoint: "Chat", language: "pl" });
  });
  it("is called no firmer than the end of the interval next to none", () => {
    expect([null, 1, 1.2, 2, 4].map(strengthOf)).toEqual([null, "nothing", "little", "some", "much"]);
  });
});

describe("a place on a map", () => {
  const card = { id: "c", text: "Shorter form", owner: null };
  it("is in the row of opportunities, which is made where there is none", () => {
    expect(placed({ lanes: [{ id: "l", kind: "opportunities" } as never] }, "s", card, "new")).toEqual([{ do: "card.add", lane: "l", step: "s", card }]);
    expect(placed({ lanes: [] }, "s", card, "new")).toEqual([{ do: "lane.add", lane: { id: "new", kind: "opportunities", cells: { s: [card] } } }]);
  });
});
