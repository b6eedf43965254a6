import { expect, it } from "vitest";
import type { Form } from "../../../core/forms";
import { asKind, changes, fieldsOf, freeId, missing, newForm, newQuestion, said, untranslated } from "./draft";
import { READY } from "./ready";

const ready = () => newForm(READY);

it("begins with questions that are written in all languages", () => {
  const form = ready();
  expect(form.questions.map((one) => [one.id, one.kind])).toEqual([["csat", "csat_5"], ["comment", "text"]]);
  expect(["en", "pl", "hr"].map((tongue) => untranslated(form, tongue as "en"))).toEqual([0, 0, 0]);
  expect(missing(form)).toEqual(["name", "touchpoint"]);
});

it("gives each question an id of its own that the server takes", () => {
  const first = newQuestion("nps", []);
  const second = newQuestion("nps", [first]);
  expect([first.id, second.id, newQuestion("ces2_7", []).id, newQuestion("stars_5", []).id]).toEqual(["nps", "nps_2", "ces", "stars"]);
  for (const kind of ["nps", "csat_5", "ces2_7", "stars_5", "thumbs", "choice", "text"] as const) expect(newQuestion(kind, []).id).toMatch(/^[a-z0-9][a-z0-9_-]{0,39}$/);
  expect(freeId("a", [{ id: "a" }, { id: "a_2" }])).toBe("a_3");
});

it("says what the server would refuse", () => {
  const form = { ...ready(), name: "A", touchpoint: "B" };
  expect(missing(form)).toEqual([]);
  const choice = newQuestion("choice", form.questions, { en: "Which?", pl: "", hr: "" });
  expect(missing({ ...form, questions: [choice] })).toEqual(["choice"]);
  expect(missing({ ...form, questions: [asKind(choice, "nps")] })).toEqual([]);
  expect(missing({ ...form, questions: [] })).toEqual(["question"]);
});

it("counts what a language lacks only where another has it", () => {
  const form = { ...ready(), title: { en: "", pl: "Tytuł", hr: "" } };
  expect([untranslated(form, "en"), untranslated(form, "pl"), untranslated(form, "hr")]).toEqual([1, 0, 1]);
  expect(said(form.title, "hr")).toBe("Tytuł");
  expect(said({ en: "a", pl: "b", hr: "" }, "hr")).toBe("a");
});

it("sends only what changed, and nothing of the server's", () => {
  const form: Form = { ...ready(), name: "A", touchpoint: "B", id: "f", revision: 3, key: "k", author: "x", created: "", changed: "" };
  const before = fieldsOf(form);
  expect(changes(before, structuredClone(before))).toEqual({});
  expect(changes(before, { ...before, name: "C" })).toEqual({ name: "C" });
  expect(before).not.toHaveProperty("key");
});
