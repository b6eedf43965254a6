import { describe, expect, it } from "vitest";
import { localDay } from "../../core/days";
import { byDay, channelsOf, isLongSilence, titleOf, withOlder, zoneOf, type TimelineEvent } from "./timeline";

function event(arrival: number, time: string, more: Partial<TimelineEvent> = {}): TimelineEvent {
  const nothing = { touchpoint: null, stage: null, value: null, currency: null, text: null, score: null, case_id: null, zone: null };
  return { arrival, time, precision: "s", name: "visit", channel: "web", source: "shop", caveat: null, ...nothing, ...more };
}

describe("days", () => {
  it("are those of the reader's zone", () => {
    expect(localDay("2026-03-01T23:30:00Z", "UTC")).toBe("2026-03-01");
    expect(localDay("2026-03-01T23:30:00Z", "Europe/Zagreb")).toBe("2026-03-02");
    expect(localDay("2026-03-01T01:30:00Z", "America/New_York")).toBe("2026-02-28");
  });

  it("hold their events newest first, with the silence behind them", () => {
    const days = byDay(
      [event(4, "2026-03-12T10:00:00Z"), event(3, "2026-03-12T08:00:00Z"), event(2, "2026-03-11T10:00:00Z"), event(1, "2026-03-01T10:00:00Z")],
      "UTC",
    );
    expect(days.map((d) => [d.day, d.events.map((e) => e.arrival), d.silence])).toEqual([
      ["2026-03-12", [4, 3], 0],
      ["2026-03-11", [2], 9],
      ["2026-03-01", [1], null],
    ]);
    expect(days.map((d) => isLongSilence(d.silence))).toEqual([false, true, false]);
  });

  it("count across the change of clocks", () => {
    const days = byDay([event(2, "2026-03-30T10:00:00Z"), event(1, "2026-03-28T10:00:00Z")], "Europe/Warsaw");
    expect(days[0]!.silence).toBe(1);
  });

  it("keep the date of an event that knows only its date", () => {
    const warsaw = event(1, "2026-02-28T23:00:00Z", { precision: "day", zone: "Europe/Warsaw" });
    expect(byDay([warsaw], "America/New_York")[0]!.day).toBe("2026-03-01");
    expect(zoneOf({ ...warsaw, zone: "Mars/Olympus" }, "Europe/Zagreb")).toBe("UTC");
    expect(zoneOf(event(1, "2026-02-28T23:00:00Z", { zone: "Asia/Tokyo" }), "Europe/Zagreb")).toBe("Europe/Zagreb");
  });

  it("put a date-only event with the others of its day though the page brings it later", () => {
    const dated = event(9, "2026-03-02T00:00:00Z", { precision: "day" });
    const days = byDay([event(3, "2026-03-02T09:00:00Z"), event(2, "2026-03-01T09:00:00Z"), dated], "UTC");
    expect(days.map((d) => d.events.length)).toEqual([2, 1]);
  });
});

it("adds a page without doubling what is shown", () => {
  const shown = [event(3, "2026-03-03T00:00:00Z"), event(2, "2026-03-02T00:00:00Z")];
  const more = withOlder(shown, [event(2, "2026-03-02T00:00:00Z"), event(1, "2026-03-01T00:00:00Z")]);
  expect(more.map((e) => e.arrival)).toEqual([3, 2, 1]);
});

it("calls an event by its touchpoint and counts channels", () => {
  expect(titleOf(event(1, "", { touchpoint: "Store visit" }))).toBe("Store visit");
  expect(titleOf(event(1, ""))).toBe("visit");
  const events = [event(1, ""), event(2, "", { channel: "post" }), event(3, "", { channel: "post" }), event(4, "", { channel: null })];
  expect(channelsOf(events)).toEqual([
    { channel: "post", events: 2 }, { channel: "unknown", events: 1 }, { channel: "web", events: 1 },
  ]);
});
