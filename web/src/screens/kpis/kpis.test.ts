import { describe, expect, it } from "vitest";
import { ApiError } from "../../core/api";
import type { Dashboard, DashboardWindow } from "../../core/dashboards";
import { formats } from "../../core/format";
import type { Kpi, KpiAsked, KpiComparison, KpiKind, KpiPoint, KpiSeries, KpiValue } from "../../core/kpis";
import { searched, typed } from "./creating/fields";
import { Draft } from "./creating/draft.svelte";
import { moved, ordered, packed, resized, usual } from "./dashboard/arranging";
import { drawn, extent, labelY, placeOf } from "./line/line";
import { grouped, measured, measuredTiles, spanOf } from "./measuring";
import { listed } from "./page/counts";
import { splitAsked, splitsOf } from "./page/dimensions";
import { addressOf, asked, looking } from "./window";
import { amount, difference, end, ends, goal } from "./words/amounts";
import { reached, standing } from "./words/comparing";

const en = formats("en");
const pp = (text: string): string => `${text} pp`;
const share = { unit: "share", currency: null } as const;
const euro = { unit: "money", currency: "EUR" } as const;
const value = (of: Partial<KpiValue>): KpiValue => ({ kind: "share", value: 0.5, low: 0.4, high: 0.6, n: 100, formula: "share", unit: "share", counts: {}, refused: null, ...of });
const point = (since: string, until: string, of: Partial<KpiValue> = {}, over = true): KpiPoint => ({ since, until, over, figure: value(of) });
const compared = (of: Partial<KpiComparison>): KpiComparison => ({ against: "previous", other: value({}), difference: 0.1, low: 0.02, high: 0.18, changed: true, better: true, shared: null, ...of });

describe("figures are no finer than their interval", () => {
  it("of shares, scores, money, days", () => {
    expect(amount(0.35714, share, en, { low: 0.319, high: 0.3972 })).toBe("36%");
    expect(amount(0.35714, share, en, { low: 0.355, high: 0.359 })).toBe("35.7%");
    expect(amount(26.17, { unit: "score", currency: null }, en, { low: 22.81, high: 29.46 })).toBe("26");
    expect(amount(39.84, { unit: "score", currency: null }, en, { low: 39.5, high: 40.2 })).toBe("39.8");
    expect(amount(124.7229, euro, en, { low: 118.84, high: 130.61 })).toBe("€125");
    expect(amount(124.7229, euro, en, { low: 124.6, high: 124.9 })).toBe("€124.72");
    expect(amount(2.1, { unit: "days", currency: null }, en, { low: 2, high: 2.2 })).toBe("2.1 days");
  });

  it("of differences, with a sign, shares in percentage points", () => {
    expect(difference(0.0343, share, en, { low: -0.0107, high: 0.0785 }, pp)).toBe("+3 pp");
    expect(difference(-0.0929, share, en, { low: -0.131, high: -0.0528 }, pp)).toBe("−9 pp");
    const near = { low: 0.0021, high: 0.0312 };
    expect([difference(0.0168, share, en, near, pp), end(near.low, share, en, near, pp), end(near.high, share, en, near, pp), end(0, share, en, near, pp)]).toEqual(["+2 pp", "+0.2 pp", "+3 pp", "0 pp"]);
    expect(difference(-5.2, euro, en, { low: null, high: null }, pp)).toBe("−€5.20");
  });

  it("and of intervals a digit finer; of targets as they were set", () => {
    expect(ends(share, { low: 0.31901, high: 0.39717 }, en)).toEqual({ low: "31.9%", high: "39.7%" });
    expect(ends(share, { low: null, high: 0.4 }, en)).toBeNull();
    expect([goal(0.45, share, en), goal(0.425, share, en), goal(150, euro, en)]).toEqual(["45%", "42.5%", "€150"]);
  });
});

describe("it changed only where the interval says so", () => {
  it.each([
    [{}, "better", "▲"],
    [{ better: false }, "worse", "▲"],
    [{ difference: -0.1, low: -0.18, high: -0.02, better: true }, "better", "▼"],
    [{ changed: false, better: null }, "chance", "≈"],
    [{ low: null, high: null, changed: null, better: null }, "unsure", "–"],
    [{ difference: null, low: null, high: null, changed: null, better: null }, "nothing", "–"],
  ])("%j is %s", (of, told, sign) => expect(standing(compared(of))).toEqual({ told, sign }));

  it("and a target is reached only then", () => {
    expect(reached(compared({}))).toBe("yes");
    expect(reached(compared({ better: false }))).toBe("no");
    expect(reached(compared({ changed: false, better: null }))).toBe("open");
    expect(reached(compared({ difference: null, changed: null }))).toBe("unknown");
  });
});

describe("tiles", () => {
  const four = packed(usual(["a", "b", "c", "d"]));
  const places = (tiles: readonly { kpi: string; column: number; row: number }[]) => tiles.map(({ kpi, column, row }) => `${kpi}${column},${row}`);

  it("stand in rows of twelve columns, each row as high as its highest", () => {
    expect(places(four)).toEqual(["a0,0", "b4,0", "c8,0", "d0,2"]);
    expect(places(packed([{ ...four[0]!, height: 3 }, { ...four[1]!, width: 12 }, four[2]!]))).toEqual(["a0,0", "b0,3", "c0,5"]);
  });

  it("move, stop at the ends, and come back in reading order", () => {
    expect(places(packed(moved(four, "t-d", 0)))).toEqual(["d0,0", "a4,0", "b8,0", "c0,2"]);
    expect(moved(four, "t-a", 99).at(-1)?.kpi).toBe("a");
    expect(ordered([...four].reverse()).map(({ kpi }) => kpi)).toEqual(["a", "b", "c", "d"]);
  });

  it("grow and shrink by steps", () => {
    const width = (by: 1 | -1, times: number) => Array.from({ length: times }).reduce<typeof four>((tiles) => packed(resized(tiles, "t-a", by)), four)[0]?.width;
    expect([width(1, 1), width(1, 2), width(1, 9), width(-1, 9)]).toEqual([6, 12, 12, 3]);
  });
});

describe("the picture", () => {
  const x = (i: number): number => i * 10;
  const y = (v: number): number => v * 100;
  const weeks = [point("2026-01-05", "2026-01-11"), point("2026-01-12", "2026-01-18"), point("2026-01-19", "2026-01-25", { value: null, low: null, high: null }), point("2026-01-26", "2026-02-01", { value: 0.7 })];

  it("breaks where nothing was counted, and draws what is not over apart", () => {
    expect(drawn(weeks, x, y)).toMatchObject({ lines: ["M0 50L10 50"], open: [], hollow: [], dots: [{ x: 30, y: 70 }] });
    expect(drawn(weeks.slice(0, 2).concat(point("2026-01-19", "2026-01-25", {}, false)), x, y)).toMatchObject({ lines: ["M0 50L10 50"], open: ["M10 50L20 50"], hollow: [{ x: 20 }] });
    const cut = [point("2026-01-07", "2026-01-11", {}, false), point("2026-01-12", "2026-01-18"), point("2026-01-19", "2026-01-25")];
    expect(drawn(cut, x, y)).toMatchObject({ lines: ["M10 50L20 50"], open: ["M0 50L10 50"], hollow: [{ x: 0 }], dots: [] });
    expect(drawn(cut.slice(0, 1), x, y)).toMatchObject({ lines: [], open: [], hollow: [{ x: 0 }], dots: [] });
  });

  it("holds all values, ends and the target; amounts from zero", () => {
    const [low, high] = extent(weeks, [0.2], "share");
    expect(low).toBeLessThanOrEqual(0.2);
    expect(high).toBeGreaterThanOrEqual(0.7);
    expect(extent([point("2026-01-05", "2026-01-11", { value: 120, low: 110, high: 130 })], [], "money")[0]).toBe(0);
    expect(extent([], [], "share")).toEqual([0, 1]);
  });

  it("knows where a day lies", () => {
    expect(placeOf("2026-01-15", weeks)).toBe(1);
    expect(placeOf("2026-01-12", weeks)).toBe(0.5);
    expect(placeOf("2026-03-01", weeks)).toBeNull();
  });
});

describe("the words of a target", () => {
  it("stand under a line at the top, where they would be cut off above it", () => {
    expect([labelY(8, 8), labelY(27, 8), labelY(120, 8)]).toEqual([24, 43, 115]);
  });
});

describe("a dashboard's own window", () => {
  const kept = { by: "month" as const, last: null, since: "2026-01-01", until: "2026-03-31" };
  const seen = (query: string, of: DashboardWindow | null): KpiAsked => asked(looking(new URLSearchParams(query), of && { window: of, segment: null }));
  it("is shown where the address says nothing of when", () => {
    expect(seen("board=d-1", kept)).toEqual({ by: "month", since: "2026-01-01", until: "2026-03-31" });
    expect(seen("", { by: "week", last: 4, since: null, until: null })).toEqual({ by: "week", last: 4 });
    expect(seen("by=day", { by: "week", last: 4, since: null, until: null })).toEqual({ by: "day" });
    expect(seen("", null)).toEqual({ by: "week" });
  });
  it("gives way to the address and goes along to a KPI", () => {
    expect(seen("since=2026-05-01", kept)).toEqual({ by: "month", since: "2026-05-01" });
    expect(seen("by=day", kept)).toEqual({ by: "day", since: "2026-01-01", until: "2026-03-31" });
    expect(addressOf(new URLSearchParams("board=d-1"), { window: kept, segment: null }).toString()).toBe("by=month&since=2026-01-01&until=2026-03-31");
    const few = { by: "week" as const, last: 4, since: null, until: null };
    expect(seen(addressOf(new URLSearchParams(), { window: few, segment: null }).toString(), null)).toEqual({ by: "week", last: 4 });
  });
  it("comes with its own segment, which gives way to the address and goes along to a KPI", () => {
    const board = (segment: Dashboard["segment"]) => ({ window: { by: "week" as const, last: null, since: null, until: null }, segment });
    expect(asked(looking(new URLSearchParams(), board("Members")))).toEqual({ by: "week", segment: "Members" });
    expect(asked(looking(new URLSearchParams("segment=name:Guests"), board("Members")))).toEqual({ by: "week", segment: "Guests" });
    expect(asked(looking(addressOf(new URLSearchParams(), board("Members"))))).toEqual({ by: "week", segment: "Members" });
    expect(addressOf(new URLSearchParams("segment=name:Guests"), board("Members")).getAll("segment")).toEqual(["name:Guests"]);
  });
  it("may be held against targets, unless a segment is named", () => {
    expect([looking(new URLSearchParams("against=target")).target, looking(new URLSearchParams("")).target]).toEqual([true, false]);
    expect(looking(new URLSearchParams("against=target&versus=name:Regulars")).target).toBe(false);
  });
});

describe("the address", () => {
  it("says of when and of whom, and goes along to a KPI", () => {
    const query = new URLSearchParams("by=month&since=2026-01-01&segment=name:Regulars&who=k-1&board=d-1");
    expect(asked(looking(query))).toEqual({ by: "month", since: "2026-01-01", segment: "Regulars" });
    expect(addressOf(query).toString()).toBe("by=month&since=2026-01-01&segment=name%3ARegulars");
    expect(asked(looking(new URLSearchParams("by=year&since=2026-02-01&until=2026-01-01&versus=people:channel%20%3D%20%22web%22")))).toEqual({ by: "week", versus: { of: "people", where: 'channel = "web"' } });
  });
});

describe("several figures at once", () => {
  const series = (kpi: string) => ({ kpi }) as KpiSeries;
  const refusal = new ApiError("bad_question", "no", 422);

  it("are asked together; one that cannot be measured alone says why", async () => {
    const client = { measureAll: () => Promise.reject(refusal), measure: (id: string) => (id === "b" ? Promise.reject(refusal) : Promise.resolve(series(id))) };
    const found = await measured(client, ["a", "b"], { by: "week" }, new AbortController().signal);
    expect([found.get("a")?.series?.kpi, found.get("b")?.error?.message]).toEqual(["a", "no"]);
    await expect(measured({ ...client, measureAll: () => Promise.reject(new ApiError("unreachable", "gone", 0)) }, ["a"], { by: "week" }, new AbortController().signal)).rejects.toThrow("gone");
  });
});

describe("a KPI while it is written", () => {
  const kind: KpiKind = { kind: "conversion", name: "Conversion", family: "rates", family_name: "Rates", unit: "share", direction: "up", formula: "Converted ÷ started", from_events: true, needs: ["start", "goal"], counts: [] };

  it("says what is missing, one thing after the other", () => {
    const draft = new Draft(null, null);
    expect(draft.missing("2026-01-01")).toBe("kpi.new.needs_kind");
    draft.choose(kind);
    expect(draft.missing("2026-01-01")).toBe("kpi.new.needs_name");
    draft.name = "Buyers";
    expect(draft.missing("2026-01-01")).toBe("kpi.new.needs_events");
    draft.events = { ...draft.events, start: ["Basket"], goal: ["Order"], property: "topic" };
    draft.target = "4o";
    expect(draft.missing("2026-01-01")).toBe("kpi.new.target_no_number");
    draft.target = "";
    draft.by = "2026-02-01";
    expect(draft.missing("2026-01-01")).toBe("kpi.new.day_without_target");
    draft.target = "42,5";
    expect(draft.missing("2026-03-01")).toBe("kpi.new.target_past");
    expect(draft.missing("2026-01-01")).toBeNull();
    expect(draft.written([])).toMatchObject({ kind: "conversion", target: { value: 0.425, by: "2026-02-01" }, source: { origin: "events", start: ["Basket"], property: null } });
  });

  it("knows what it was", () => {
    const was = { id: "k", name: "Buyers", kind: "conversion", source: { origin: "typed", readings: [{ day: "2026-01-01", counts: {}, dimensions: {} }] }, target: { value: 0.07, by: "2020-01-01" }, place: {}, description: "" } as unknown as Kpi;
    const draft = new Draft(was, kind);
    expect([draft.target, draft.missing("2026-01-01")]).toEqual(["7", null]);
    expect(draft.written([]).source).toEqual(was.source);
  });

  it("is found by the words of its kind", () => {
    expect(searched([kind], "CONV rates").map((one) => one.kind)).toEqual(["conversion"]);
    expect(searched([kind], "churn")).toEqual([]);
    expect([typed(" 1 234,5 "), typed(""), typed("x")]).toEqual([1234.5, null, NaN]);
  });
});

describe("behind a figure", () => {
  it("stand its counts: squares left out, times together", () => {
    const count = (name: string) => ({ name, optional: false, meaning: name });
    expect(listed([count("orders"), count("revenue"), count("revenue_squared")], { orders: 3, revenue: 60, revenue_squared: 1300 })).toEqual([
      { name: "orders", meaning: "orders", value: 3, sum: false },
      { name: "revenue", meaning: "revenue", value: 60, sum: true },
    ]);
    expect(listed([count("reached@")], { "reached@1.5": 2, "reached@3": 5 })[0]?.value).toBe(7);
  });

  it("asks once for all tiles of one segment, and again for a tile with a segment of its own", async () => {
    const tiles = [{ kpi: "b", segment: null }, { kpi: "a", segment: "Members" }, { kpi: "a", segment: null }, { kpi: "b", segment: null }];
    const asks: unknown[] = [];
    const measureAll = (kpis: readonly string[] | null, of: unknown) => (asks.push([kpis, of]), Promise.resolve((kpis ?? []).map((kpi) => ({ kpi, since: "2026-01-05", until: "2026-01-11" }) as KpiSeries)));
    const found = await measuredTiles({ measureAll, measure: () => Promise.reject(new Error("not asked")) }, grouped(tiles), { by: "week" }, new AbortController().signal);
    expect(asks).toEqual([[["a", "b"], { by: "week" }], [["a"], { by: "week", segment: "Members" }]]);
    expect([...found.keys()].sort()).toEqual(["a ", 'a "Members"', "b "]);
    expect(spanOf(found)).toEqual({ kpis: ["a", "b"], since: "2026-01-05", until: "2026-01-11" });
  });

  it("stands what it can be taken apart by: what it names, what events and people have, what readings say", () => {
    const events = { source: { origin: "events" }, dimensions: ["trait.plan", "property.city"] } as unknown as Kpi;
    const possible = splitsOf(events, ["plan", "age"]);
    expect(possible).toEqual(["trait.plan", "property.city", "channel", "touchpoint", "persona", "trait.age"]);
    expect([splitAsked(null, events, possible), splitAsked("channel", events, possible), splitAsked("mood", events, possible)]).toEqual(["trait.plan", "channel", ""]);
    const read = { source: { origin: "imported", readings: [{ day: "2026-01-01", counts: {}, dimensions: { shop: "Zagreb" } }] }, dimensions: ["region"] } as unknown as Kpi;
    expect([splitsOf(read, ["plan"]), splitAsked(null, read, ["shop"])]).toEqual([["shop"], ""]);
    expect(splitsOf({ source: { origin: "question", question: "funnel", fields: {}, label: null }, dimensions: ["channel"] }, [])).toEqual([]);
  });
});
