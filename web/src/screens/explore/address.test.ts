import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FILTER_KEYS } from "../../core/filters";
import type { Filters, QuestionName } from "../../core/types";
import { FRAME_KEYS, fresh, fromRequest, keysOfQuestion, read, requestOf, write, type Asking } from "./address";
import { EVERYONE, frameOf, type Chosen, type Frame } from "./frame";
import { isQuestion, QUESTION_NAMES, questionOf } from "./questions/registry";
import { asked, toSave } from "./saved/saving";

const START = frameOf(new URLSearchParams());
const plain = (question: QuestionName, fields: object = {}, frame: Partial<Frame> = {}, filters: Filters = {}): Asking => {
  const start = fresh(question, { frame: { ...START, ...frame }, filters });
  return { ...start, fields: { ...start.fields, ...fields } };
};
const back = (asking: Asking): Asking => read(asking.question, new URLSearchParams(write(asking).toString()));

const name = fc.string({ minLength: 1, maxLength: 12, unit: "binary" });
const chosen: fc.Arbitrary<Chosen> = fc.oneof(
  fc.record({ saved: name.filter((s) => s.trim() !== "") }),
  fc.record({ of: fc.constantFrom("people" as const, "journeys" as const, "events" as const), where: name.filter((s) => s.trim() !== "") }),
);
const frame: fc.Arbitrary<Frame> = fc.record({
  grain: fc.constantFrom("person" as const, "journey" as const, "case" as const),
  byEventName: fc.boolean(),
  segment: fc.option(chosen),
  versus: fc.option(chosen),
  side: fc.constantFrom("differences" as const, "a" as const, "b" as const),
  definition: fc.option(fc.constantFrom("3", "service")),
  against: fc.option(fc.constantFrom("1", "old")),
  today: fc.option(fc.constantFrom("2026-03-01", "2025-12-31")),
});
const step = fc.oneof(name, fc.record({ name, optional: fc.constant(true) }), fc.record({ name, within: fc.constant("7d") }));

describe("the address", () => {
  it("gives back what was asked, whatever the names hold", () => {
    fc.assert(
      fc.property(frame, fc.array(step, { maxLength: 32 }), fc.option(fc.constantFrom("1d", "90s")), (around, steps, within) => {
        const asking = plain("funnel", { steps, within }, around, { channels: ["web"] });
        expect(back(asking)).toEqual(asking);
      }),
    );
  });

  it("gives back every kind of parameter", () => {
    const some: [QuestionName, object][] = [
      ["paths", { anchor: "Shop & more", direction: "between", to: "=?", depth: 20, min_share: 0.05, collapse: true, form: "graph" }],
      ["sessions", { gap: "1.5h", gaps: { "web:app": "24h", post: "7d" }, by: "property.a.b" }],
      ["retention", { mode: "bracketed", brackets: [1, 3, 7], cohort: "trait.city", start: "A" }],
      ["attribution", { goal: "Order", models: ["first", "markov"], order: 3, intervals: false }],
      ["transitions", { goal: "Order", reached: false, top: 500 }],
      ["micro_conversions", { goal: "Order", names: ["A", "B"] }],
    ];
    for (const [question, fields] of some) expect(back(plain(question, fields)), question).toEqual(plain(question, fields));
  });

  it("is empty for what each question starts with", () => {
    for (const question of QUESTION_NAMES) expect(write(plain(question)).toString(), question).toBe("");
  });

  it("keeps the language, and drops the drawer and the parameters of other questions", () => {
    const before = new URLSearchParams("lang=pl&step=old&anchor=X&drill=t&cell=c&channel=web");
    expect(write(plain("variants", { top: 50 }), before).toString()).toBe("lang=pl&top=50");
  });

  it("survives nonsense", () => {
    const query = new URLSearchParams("grain=y&depth=99&min_share=abc&direction=&segment=nobody&versus=people:&today=tomorrow&form=x");
    expect(read("paths", query)).toEqual(plain("paths", { depth: 20 }));
  });

  it("has one meaning for each key", () => {
    for (const question of QUESTION_NAMES) {
      const keys = keysOfQuestion(questionOf(question));
      expect(new Set(keys).size, question).toBe(keys.length);
      expect(keys.filter((key) => [...FRAME_KEYS, ...FILTER_KEYS, "lang", "drill", "cell"].includes(key)), question).toEqual([]);
    }
  });
});

describe("requests", () => {
  it("wait for what is needed", () => {
    expect(QUESTION_NAMES.filter((question) => requestOf(plain(question)) === null)).toEqual(["funnel", "paths", "attribution", "micro_conversions"]);
    expect(requestOf(plain("paths", { anchor: "A", direction: "between" }))).toBeNull();
  });

  it("use the fields that the server knows", () => {
    const around = { grain: "case", segment: { saved: "Regulars" }, definition: "3", today: "2026-03-01" } as const;
    expect(requestOf(plain("durations", { by: "channel" }, around, { channels: ["post"] }))).toEqual({
      grain: "case", by_event_name: false, filters: { channels: ["post"] }, segment: "Regulars", definition: 3, today: "2026-03-01",
      from: "@first", to: "@last", of: "touchpoint", by: "channel", horizon: null,
    });
    expect(requestOf(plain("variants", {}, { segment: { of: "events", where: 'channel = "web"' }, definition: "service" }))).toMatchObject({
      segment: { of: "events", where: 'channel = "web"' }, definition: "service",
    });
  });
});

describe("saved questions", () => {
  it("open as they were saved", () => {
    fc.assert(
      fc.property(frame, fc.array(step, { minLength: 1, maxLength: 5 }), (around, steps) => {
        const asking = plain("funnel", { steps }, { ...around, against: null, side: "differences" }, { since: "2026-01-01", traits: { city: ["Łódź"] } });
        const saved = JSON.parse(JSON.stringify(toSave(asking, "x", true)));
        expect(asked(saved)).toEqual(asking);
      }),
    );
  });

  it("remember that they compare with everyone", () => {
    const asking = plain("variants", {}, { segment: { saved: "Regulars" }, versus: EVERYONE });
    expect(asked(toSave(asking, "x", false)!)).toEqual(asking);
  });

  it("are not made of half a question, and unknown ones are left alone", () => {
    expect(toSave(plain("funnel"), "x", true)).toBeNull();
    expect(fromRequest("horoscope", {})).toBeNull();
    expect(isQuestion("toString")).toBe(false);
  });

  it("fill in what an older request did not say", () => {
    expect(fromRequest("variants", { filters: { channels: null, since: null, sources: [] } })).toEqual(plain("variants"));
  });
});
