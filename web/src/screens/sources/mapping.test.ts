import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedbackDocument } from "./answers";
import { emptyForm, IDENTIFIERS, problems, toForm, toMapping, withDetectedRole, withRole, type Mapping } from "./mapping";

const COLUMNS = ["id", "mail", "when", "what", "where", "sum", "cur", "note", "stars", "order", "key", "x", "y"];

const number = (column: string) =>
  fc.record({ column: fc.constant(column), decimal: fc.constantFrom("." as const, "," as const), currency: fc.constantFrom("PLN", "EUR") });

/** Documents such as the server writes them, with every field that the form shows. */
const mapping = fc.record({
  person: fc.tuple(fc.constantFrom(...IDENTIFIERS)).map(([type]) => [{ column: "id", type }, { column: "mail", type: "email" as const }]),
  time: fc.record({
    column: fc.constant("when"),
    format: fc.constantFrom("auto", "epoch_ms", ["%d.%m.%Y", "%Y-%m-%d"]),
    zone: fc.constantFrom(null, "Europe/Warsaw"),
    date_only: fc.constantFrom("start" as const, "end" as const),
    template: fc.constant(null),
    codes: fc.constantFrom({}, { "1": "2010-09-07" }),
  }),
  event: fc.constantFrom({ column: "what" }, { constant: "visit" }, { template: "{what}: {where}" }),
  channel: fc.constantFrom(
    { columns: ["where"], default: "unknown" },
    { columns: [], default: "web" },
    { constant: "post", default: "unknown" },
    { rules: [{ field: "name", starts_with: "O_", channel: "post" }, { field: "column:x", equals: "1", channel: "web" }], default: "unknown" },
  ),
  case: fc.constantFrom(null, "order", "id"),
  event_id: fc.constantFrom(null, "key"),
  value: fc.oneof(fc.constant(null), number("sum")),
  text: fc.constantFrom(null, "note"),
  score: fc.oneof(fc.constant(null), fc.record({ column: fc.constant("stars"), decimal: fc.constant("." as const) })),
  feedback: fc.constant(null),
  anonymous: fc.constantFrom("reject" as const, "case" as const),
  properties: fc.constant("all" as const),
  kind: fc.constantFrom("event" as const, "traits" as const),
  caveat: fc.constantFrom(null, "known_only_with_purchase" as const),
  encoding: fc.constantFrom(null, "windows-1250"),
  delimiter: fc.constantFrom(null, ";"),
});

const SURVEY: Mapping = { person: [], time: { column: "when" }, event: { constant: "Survey" }, anonymous: "case" };
const words = fc.constantFrom(null, "Why?", "A = b, c; d ");
const answer = (column: string) =>
  fc.record({
    column: fc.constant(column),
    question: fc.constantFrom(null, `${column} 1`),
    question_column: fc.constant(null),
    question_text: words,
    scale: fc.constantFrom(null, "nps", "ces1_5", "choice"),
    scales: fc.constant({}),
    event: fc.constantFrom(null, "Shop"),
    text_column: fc.constantFrom(null, "words"),
    blank: fc.constantFrom([], ["11"], ["0", "Blank", "99"], ["a, b"], ["0", "n, a"]),
    labels: fc.constantFrom({}, { "Very = good": 5, bad: 1.5, worse: -1 }),
    reversed: fc.constantFrom(null, true, false),
  });
const long = answer("food").map((a) => ({ ...a, question: null, question_column: "q", scales: { nps: "nps", "how = easy?": "ces2_7" } }));

/** Sections such as the server writes them. */
const feedback = fc.record({
  answers: fc.oneof(fc.tuple(answer("nps")), fc.tuple(answer("nps"), answer("food")), fc.tuple(answer("nps"), long)),
  survey: words,
  survey_column: fc.constantFrom(null, "s"),
  language_column: fc.constantFrom(null, "lang"),
  invitation: fc.constantFrom(
    null,
    { column: "inv", status_column: null, invited: [], event: "Invited to survey" },
    { column: "inv", status_column: "state", invited: ["Good", "Offered"], event: "Asked" },
  ),
});

describe("form and document", () => {
  it("say the same in both directions", () => {
    fc.assert(
      fc.property(mapping as fc.Arbitrary<Mapping>, (m) => {
        const form = toForm(m, COLUMNS);
        expect(toMapping(form)).toEqual(m);
        expect(problems(form)).toEqual([]);
      }),
    );
  });

  it("say the same of answers in both directions", () => {
    fc.assert(
      fc.property(feedback as unknown as fc.Arbitrary<FeedbackDocument>, fc.constantFrom("all" as const, ["note", "y"]), (section, properties) => {
        const m = { ...SURVEY, feedback: section, properties };
        const form = toForm(m, ["id", "when", "nps", "food", "words", "q", "s", "lang", "inv", "state", "note", "y", "spare"]);
        expect(problems(form)).toEqual([]);
        expect(toMapping(form)).toMatchObject({ feedback: section, anonymous: "case", properties, event: SURVEY.event });
      }),
    );
  });

  it("keep a channel that is taken from a column where it is filled", () => {
    const both = toForm({ ...SURVEY, channel: { columns: ["where"], constant: "survey" } }, ["id", "when", "where"]);
    expect(toMapping(both).channel).toEqual({ columns: ["where"], default: "survey" });
  });

  it("keep times that are put together of columns", () => {
    const made = toForm({ ...SURVEY, time: { column: null, template: "2017-05-{when}" } }, ["id", "when"]);
    expect(problems(made)).toEqual([]);
    expect(toMapping(made).time).toMatchObject({ column: null, template: "2017-05-{when}" });
    expect(toMapping(withRole(made, "when", "time")).time).toMatchObject({ column: "when", template: null });
  });

  it("keep a column that is person and case at once", () => {
    const form = toForm({ person: [{ column: "id", type: "case" }], time: { column: "when" }, event: { column: "what" }, case: "id" }, COLUMNS);
    expect(form.columns[0]).toEqual({ column: "id", role: "person", identifier: "case", also: ["case"] });
  });

  it("name the properties as soon as one column is ignored", () => {
    const form = withRole(emptyForm(["a", "b", "c"]), "b", "ignore");
    expect(toMapping(form).properties).toEqual(["a", "c"]);
    expect(toForm(toMapping({ ...form }), ["a", "b", "c"]).columns.map((c) => c.role)).toEqual(["property", "ignore", "property"]);
  });

  it("take a currency column before a typed currency", () => {
    const form = withRole(emptyForm(["sum", "cur"]), "sum", "value");
    form.value = { decimal: ",", currency: "PLN", currencyColumn: "cur" };
    expect(toMapping(form).value).toEqual({ column: "sum", decimal: ",", currency_column: "cur" });
  });
});

describe("roles", () => {
  it("belong to one column where only one makes sense", () => {
    const form = withRole(withRole(emptyForm(["a", "b"]), "a", "time"), "b", "time");
    expect(form.columns.map((c) => c.role)).toEqual(["property", "time"]);
  });

  it("may be shared where several make sense", () => {
    const form = withRole(withRole(emptyForm(["a", "b"]), "a", "person"), "b", "person");
    expect(form.columns.map((c) => c.role)).toEqual(["person", "person"]);
  });

  it("follow what was detected, for identifiers only", () => {
    expect(withDetectedRole(emptyForm(["m"]), "m", "person", "email").columns[0]!.identifier).toBe("email");
    expect(withDetectedRole(emptyForm(["m"]), "m", "person", "integer").columns[0]!.identifier).toBe("customer_id");
    expect(withDetectedRole(emptyForm(["m"]), "m", "text", "email").columns[0]).toMatchObject({ role: "text", identifier: "customer_id" });
  });

  it("make a column of answers of what was the score, with the free text beside it", () => {
    const before = withRole(withRole(emptyForm(["stars", "said", "ease"]), "stars", "score"), "said", "text");
    const form = withDetectedRole(before, "ease", "answer", "integer");
    expect(form.columns.map((c) => c.role)).toEqual(["answer", "beside", "answer"]);
    const { score, text, feedback: section } = toMapping(form);
    expect([score, text]).toEqual([null, null]);
    expect(section?.answers.map((a) => [a.column, a.scale, a.text_column])).toEqual([["ease", "number", "said"], ["stars", "number", null]]);
    const without = withRole(form, "said", "ignore");
    expect(toMapping(without).feedback?.answers.map((a) => a.text_column)).toEqual([null, null]);
    const none = withRole(withRole(form, "ease", "property"), "stars", "property");
    expect([toMapping(none).feedback, none.columns.map((c) => c.role)]).toEqual([null, ["property", "property", "property"]]);
  });

  it("take a column of words for an open question", () => {
    expect(toMapping(withDetectedRole(emptyForm(["why"]), "why", "answer", "text")).feedback?.answers[0]?.scale).toBeNull();
  });

  it("take a second role away too", () => {
    const both = toForm({ person: [{ column: "id" }], time: { column: "when" }, event: { column: "what" }, case: "id" }, COLUMNS);
    expect(withRole(both, "order", "case").columns[0]!.also).toEqual([]);
  });
});

describe("problems", () => {
  it("say what is missing", () => {
    expect(problems(emptyForm(["a"]))).toEqual(["no_person", "no_time", "no_event"]);
    expect(problems({ ...emptyForm(["a"]), kind: "traits", eventFrom: "constant", eventText: " " })).toEqual(["no_person", "no_event"]);
    const open = { ...emptyForm(["a"]), channelFrom: "rules" as const, rules: [{ field: "name", comparison: "equals" as const, text: "", channel: "x" }] };
    expect(problems(open)).toContain("open_rule");
    const anonymous = { ...emptyForm(["a"]), anonymous: "case" as const };
    expect(problems(anonymous)).toEqual(["no_time", "no_event"]);
  });

  it("say which answers are not told apart or not written out", () => {
    const two = withRole(withRole(emptyForm(["a", "b"]), "a", "answer"), "b", "answer");
    const answers = two.feedback.answers.map((a) => ({ ...a, question: "x", labels: "good 5" }));
    const found = problems({ ...two, feedback: { ...two.feedback, answers } });
    expect(found).toEqual(expect.arrayContaining(["same_question", "open_label"]));
    expect(problems({ ...two, feedback: { ...two.feedback, answers: [{ ...answers[0]!, questionColumn: "b", labels: "", scales: "x = nsp" }] } })).toContain("open_scale");
  });
});
