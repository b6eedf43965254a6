import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlacedBet } from "../../core/actions";
import { shownBy, wayTo } from "./address";
import { asked, draftOf, missingOf, unitOf } from "./bet/draft";
import { groupsOf, squareOf, ticksOf, type SettledBet } from "./bets/geometry";
import { asQuery, shows, wantedOf } from "./filtering";
import { ordersFor } from "./ordering";
import { addDays, daysBetween, monthsWithin, pictured, type Dated } from "./timeline/geometry";

const dated = (given: Partial<Dated>): Dated => ({ since: null, until: null, evaluate: null, planned: true, status: "planned", ...given });

describe("the order of a column", () => {
  it("changes one number where there is room", () => {
    const [a, b, c] = [{ id: "a", order: 1 }, { id: "b", order: 2 }, { id: "c", order: 3 }];
    expect(ordersFor([a, b, c], "x", 1)).toEqual([{ id: "x", order: 1.5 }]);
    expect(ordersFor([a, b, c], "x", 0)).toEqual([{ id: "x", order: 0 }]);
    expect(ordersFor([a, b, c], "x", 3)).toEqual([{ id: "x", order: 4 }]);
    expect(ordersFor([], "x", 0)).toEqual([{ id: "x", order: 0 }]);
  });
  it("puts it there, whatever numbers the others have", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 8 }), fc.nat(8), (numbers, place) => {
        const others = numbers.sort((a, b) => a - b).map((order, i) => ({ id: `o${i}`, order }));
        const at = Math.min(place, others.length);
        const set = new Map(ordersFor(others, "x", at).map((one) => [one.id, one.order]));
        const wanted = [...others.slice(0, at), { id: "x", order: Number.NaN }, ...others.slice(at)].map(({ id, order }) => ({ id, order: set.get(id) ?? order }));
        for (const [i, one] of wanted.entries()) {
          const next = wanted[i + 1];
          if (!next) continue;
          expect(one.order <= next.order).toBe(true);
          if (one.id === "x" || next.id === "x") expect(one.order < next.order).toBe(true);
        }
      }),
    );
  });
});

describe("what is shown", () => {
  it("is of one of the owners and with one of the tags, as the address says", () => {
    const wanted = wantedOf(new URLSearchParams("owner=Ana&owner=Jan&tag=checkout"));
    const one = { owner: "Jan", tags: ["web", "checkout"], overdue: false };
    expect([one, { ...one, owner: null }, { ...one, tags: ["web"] }].map((each) => shows(wanted, each))).toEqual([true, false, false]);
    expect(shows({ ...wanted, overdue: true }, one)).toBe(false);
    expect(wayTo("timeline", wanted)).toBe("/plan/timeline?owner=Ana&owner=Jan&tag=checkout");
    expect(asQuery(wantedOf(new URLSearchParams("overdue=1")))).toEqual({ owner: [], tag: [], overdue: "1" });
  });
});

describe("the timeline", () => {
  it("lays days out as shares of the room, today among them", () => {
    const { rows, today, first, last } = pictured([dated({ since: "2026-01-15", until: "2026-01-24" })], "2026-01-15");
    expect([first, last]).toEqual(["2026-01-01", "2026-02-07"]); // 14 days of room at both ends
    expect(today).toBeCloseTo((100 * 14) / 37);
    expect(rows[0]?.bar).toMatchObject({ openStart: false, openEnd: false, late: null, evaluate: null });
    expect(rows[0]?.bar?.width).toBeCloseTo((100 * 10) / 37); // both its first and its last day are days of it
  });
  it("draws what is past its due day and not done until today", () => {
    const late = (given: Partial<Dated>) => pictured([dated({ since: "2026-01-01", until: "2026-01-10", ...given })], "2026-01-20").rows[0]?.bar?.late;
    const bar = late({ status: "in_progress" });
    expect(bar?.width).toBeCloseTo((100 * 10) / daysBetween("2025-12-18", "2026-02-03"));
    expect([late({ status: "done", planned: false }), late({ status: "dropped" }), late({ until: "2026-01-20" })]).toEqual([null, null, null]);
  });
  it("has no bar for what has no days, and a fading side for one", () => {
    expect(pictured([dated({})], "2026-01-20").rows[0]?.bar).toBeNull();
    expect(pictured([dated({ until: "2026-01-10" })], "2026-01-20").rows[0]?.bar).toMatchObject({ openStart: true, openEnd: false });
    expect(pictured([dated({ since: "2026-01-10" })], "2026-01-20").rows[0]?.bar).toMatchObject({ openStart: false, openEnd: true });
  });
  it("keeps everything within the room", () => {
    const day = fc.integer({ min: -2000, max: 2000 }).map((n) => addDays("2026-01-01", n));
    const one = fc.record({ since: fc.option(day), until: fc.option(day), evaluate: fc.option(day), planned: fc.boolean(), status: fc.constantFrom("idea" as const, "in_progress" as const, "done" as const) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 5 }), day, (spans, today) => {
        const picture = pictured(spans, today);
        const ends = picture.rows.flatMap(({ bar }) => (bar ? [bar.from, bar.from + bar.width, ...(bar.late ? [bar.late.from, bar.late.from + bar.late.width] : [])] : []));
        for (const at of [picture.today, ...ends, ...picture.months.map((month) => month.at)]) expect(at >= -1e-9 && at <= 100 + 1e-9).toBe(true);
        expect(picture.rows.every(({ bar }) => bar === null || (bar.width > 0 && (bar.late === null || bar.late.width > 0)))).toBe(true);
      }),
    );
  });
  it("marks months, quarters of a longer time, years of many", () => {
    expect(monthsWithin("2025-12-15", "2026-02-01")).toEqual(["2026-01-01", "2026-02-01"]);
    expect(monthsWithin("2025-01-02", "2026-07-01")).toEqual(["2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01"]);
    expect(monthsWithin("2020-01-02", "2026-07-01")).toHaveLength(6);
  });
});

describe("expected against measured", () => {
  const bet = (given: Partial<PlacedBet>): PlacedBet => ({ action: "a", name: "A", owner: null, metric: "Order", unit: "share", expected: { value: 0.05, low: null, high: null }, evaluate: "2026-01-01", sealed: true, changed: 0, due: false, outcome: "worked", reason: null, effect: 0.05, low: 0, high: 0.1, ...given });

  it("puts what came as expected on the diagonal, more above, less below", () => {
    const square = squareOf([bet({}), bet({ effect: 0.08 }), bet({ effect: 0.02 })] as SettledBet[], 200);
    const [same, more, less] = square.places.map((place) => place.y - (200 - place.x));
    expect(same).toBeCloseTo(0);
    expect(more).toBeLessThan(-1);
    expect(less).toBeGreaterThan(1);
    expect(square.places[0]?.low).toBeGreaterThan(square.places[0]?.high ?? 0);
  });
  it("shows sealed bets with an effect, each unit by itself", () => {
    const groups = groupsOf([bet({}), bet({ sealed: false }), bet({ effect: null, low: null, high: null }), bet({ unit: "count", effect: -3, low: -5, high: -1 })]);
    expect(groups.map((group) => [group.unit, group.bets.length])).toEqual([["share", 1], ["count", 1]]);
  });
  it("has round ticks within the range", () => {
    expect(ticksOf(-0.04, 0.13)).toEqual([0, 0.05, 0.1]);
    expect(ticksOf(-9, 31)).toEqual([0, 10, 20, 30]);
  });
});

describe("a bet as it is written", () => {
  const written = { ...draftOf(null, "share", String), of: "Order", value: "2", low: "0,5", high: "4", evaluate: "2026-03-01" };

  it("is typed in points and sent as a share, and read back alike", () => {
    const bet = asked(written, unitOf(written, [], []));
    expect(bet).toMatchObject({ of: "Order", measure: "conversion", expected: { value: 0.02, low: 0.005, high: 0.04 }, experiment: null, before_after: null });
    expect(draftOf(bet, "share", String)).toEqual({ ...written, low: "0.5" });
  });
  it("says what it lacks", () => {
    expect(missingOf(written)).toBeNull();
    expect([{ of: "" }, { value: "0" }, { value: "" }, { low: "" }, { value: "5" }, { evaluate: "" }, { money: "-1" }, { proved: "experiment" as const }].map((change) => missingOf({ ...written, ...change }))).toEqual(["of", "size", "size", "range", "range", "evaluate", "amount", "proof"]);
  });
});

it("reads back the addresses of its views, and takes anything else for an action", () => {
  expect((["board", "actions", "timeline", "bets"] as const).map((view) => shownBy(wayTo(view).split("/").slice(2)).view)).toEqual(["board", "actions", "timeline", "bets"]);
  expect(shownBy(["a-12"])).toEqual({ view: null, id: "a-12" });
});
