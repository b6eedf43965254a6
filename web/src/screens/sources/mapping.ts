/** The mapping as a form (one role per column and a few settings) and as the document that the server reads. */

import {
  answerProblems, besides, fromFeedback, newAnswer, noFeedback, toFeedback, withoutColumn, type FeedbackDocument, type FeedbackForm,
} from "./answers";

export const IDENTIFIERS = ["customer_id", "email", "phone", "loyalty_card", "device", "cookie", "case", "other"] as const;
export const ROLES = [
  "person", "time", "event", "channel", "value", "text", "score", "answer", "beside", "case", "event_id", "property", "ignore",
] as const;
/** Roles that only one column can have. */
export const SINGLE: readonly Role[] = ["time", "event", "value", "text", "score", "case", "event_id"];

export type Identifier = (typeof IDENTIFIERS)[number];
export type Role = (typeof ROLES)[number];
export type Comparison = "starts_with" | "equals" | "contains";

export interface ChannelRule {
  field: string;
  comparison: Comparison;
  text: string;
  channel: string;
}

export interface Choice {
  column: string;
  role: Role;
  identifier: Identifier;
  /** Further roles of the same column that the document gave it, such as person and case at once. */
  also: Role[];
}

/** A source of text: taken from the column with the role, the same for every row, or made by rules or a template. */
export type From = "column" | "constant" | "template" | "rules";

export interface NumberSettings {
  decimal: "." | ",";
  currency: string;
  currencyColumn: string;
}

export interface MappingForm {
  columns: Choice[];
  /** Rows that name nobody are rejected, or a case of their own. */
  anonymous: "reject" | "case";
  feedback: FeedbackForm;
  timeFormat: string;
  zone: string;
  dateOnly: "start" | "end";
  /** Without a column of times: the times put together of columns. The form only keeps it, and the codes of times. */
  timeTemplate: string | null;
  timeCodes: Record<string, string>;
  eventFrom: From;
  eventText: string;
  channelFrom: From;
  channelText: string;
  channelDefault: string;
  rules: ChannelRule[];
  value: NumberSettings;
  score: NumberSettings;
  kind: "event" | "traits";
  caveat: "known_only_with_purchase" | null;
  encoding: string | null;
  delimiter: string | null;
}

export type NumberColumn = {
  column: string;
  decimal?: "." | ",";
  currency?: string | null;
  currency_column?: string | null;
};

type RuleDocument = { field?: string; channel: string } & { [C in Comparison]?: string | null };

export type Mapping = {
  person: { column: string; type?: Identifier }[];
  time: { column: string | null; format?: string | string[]; zone?: string | null; date_only?: "start" | "end"; template?: string | null; codes?: Record<string, string> };
  event: { column?: string | null; constant?: string | null; template?: string | null };
  channel?: { columns?: string[]; constant?: string | null; rules?: RuleDocument[]; default?: string };
  case?: string | null;
  event_id?: string | null;
  value?: NumberColumn | null;
  text?: string | null;
  score?: NumberColumn | null;
  feedback?: FeedbackDocument | null;
  anonymous?: "reject" | "case";
  properties?: "all" | string[];
  kind?: "event" | "traits";
  caveat?: "known_only_with_purchase" | null;
  encoding?: string | null;
  delimiter?: string | null;
};

const COMPARISONS: Comparison[] = ["starts_with", "equals", "contains"];
/** Roles of columns that may go with answers. */
const UNUSED: readonly Role[] = ["property", "ignore", "text"];
const NUMBER: NumberSettings = { decimal: ".", currency: "", currencyColumn: "" };

/** A form in which every column is kept as a property and nothing is decided yet. */
export function emptyForm(columns: readonly string[]): MappingForm {
  return {
    columns: columns.map((column) => ({ column, role: "property", identifier: "customer_id", also: [] })),
    anonymous: "reject", feedback: noFeedback(),
    timeFormat: "auto", zone: "", dateOnly: "start", timeTemplate: null, timeCodes: {},
    eventFrom: "column", eventText: "",
    channelFrom: "column", channelText: "", channelDefault: "unknown", rules: [],
    value: { ...NUMBER }, score: { ...NUMBER },
    kind: "event", caveat: null, encoding: null, delimiter: null,
  };
}

/** The form with `column` in `role`; a role that only one column can have is taken from the other. */
export function withRole(form: MappingForm, column: string, role: Role): MappingForm {
  const single = SINGLE.includes(role);
  const columns = form.columns.map((choice) => {
    if (choice.column === column) return { ...choice, role, also: [] };
    if (!single) return choice;
    const also = choice.also.filter((other) => other !== role);
    return { ...choice, also, role: choice.role === role ? ("property" as const) : choice.role };
  });
  const feedback = withoutColumn(form.feedback, column);
  const next = { ...form, columns, feedback };
  return role === "answer" ? asked(next, column) : withFeedback(next, feedback);
}

/** The form with a section of answers; the columns that go with them are no properties. */
export function withFeedback(form: MappingForm, feedback: FeedbackForm): MappingForm {
  const beside = besides(feedback);
  const columns = form.columns.map((choice) => {
    if (beside.has(choice.column) && UNUSED.includes(choice.role)) return { ...choice, role: "beside" as const };
    return choice.role === "beside" && !beside.has(choice.column) ? { ...choice, role: "property" as const } : choice;
  });
  return { ...form, columns, feedback };
}

/** A new column of answers. What was the score before is answers too, and what was the free text goes with them. */
function asked(form: MappingForm, column: string): MappingForm {
  const known = form.feedback.answers.map((a) => a.column);
  const scores = having(form, "score").map((c) => c.column);
  const fresh = [column, ...scores].filter((name, at, all) => !known.includes(name) && all.indexOf(name) === at);
  const text = columnOf(form, "text");
  const answers = [...form.feedback.answers, ...fresh.map((name) => newAnswer(name, "number"))];
  if (text && answers[0] && !answers[0].textColumn) answers[0] = { ...answers[0], textColumn: text };
  const columns = form.columns.map((c) => ({
    ...c,
    role: scores.includes(c.column) ? ("answer" as const) : c.role === "text" ? ("property" as const) : c.role,
    also: c.also.filter((r) => r !== "score" && r !== "text"),
  }));
  return withFeedback({ ...form, columns }, { ...form.feedback, answers });
}

/** The form with `column` in `role`; what was detected says the kind of identifier, or that a question is open. */
export function withDetectedRole(form: MappingForm, column: string, role: Role, type: string): MappingForm {
  const next = withRole(form, column, role);
  if (role === "answer" && (type === "text" || type === "empty")) return opened(next, column);
  if (role !== "person" || (type !== "email" && type !== "phone")) return next;
  return { ...next, columns: next.columns.map((c) => (c.column === column ? { ...c, identifier: type } : c)) };
}

function opened(form: MappingForm, column: string): MappingForm {
  const answers = form.feedback.answers.map((a) => (a.column === column ? { ...a, scale: "" as const } : a));
  return { ...form, feedback: { ...form.feedback, answers } };
}

function having(form: MappingForm, role: Role): Choice[] {
  return form.columns.filter((c) => c.role === role || c.also.includes(role));
}

function columnOf(form: MappingForm, role: Role): string | null {
  return having(form, role)[0]?.column ?? null;
}

/** What is still missing before the document can be made: keys of the catalogue after `sources.problem.`. */
export function problems(form: MappingForm): string[] {
  const found: string[] = [];
  if (!having(form, "person").length && form.anonymous === "reject") found.push("no_person");
  if (form.kind === "event" && !columnOf(form, "time") && !form.timeTemplate) found.push("no_time");
  if (form.eventFrom === "column" ? !columnOf(form, "event") : !form.eventText.trim()) found.push("no_event");
  if (form.channelFrom === "constant" && !form.channelText.trim()) found.push("no_channel");
  if (form.channelFrom === "rules" && form.rules.some((r) => !r.text.trim() || !r.channel.trim())) found.push("open_rule");
  return [...found, ...answerProblems(form.feedback)];
}

function numberOf(column: string | null, settings: NumberSettings): NumberColumn | null {
  if (!column) return null;
  const number: NumberColumn = { column, decimal: settings.decimal };
  if (settings.currencyColumn) number.currency_column = settings.currencyColumn;
  else if (settings.currency.trim()) number.currency = settings.currency.trim();
  return number;
}

function channelOf(form: MappingForm): NonNullable<Mapping["channel"]> {
  const shared = { default: form.channelDefault || "unknown" };
  if (form.channelFrom === "constant") return { ...shared, constant: form.channelText.trim() };
  const rules = form.rules.map(({ field, comparison, text, channel }) => ({ field, [comparison]: text, channel }));
  if (form.channelFrom === "rules") return { ...shared, rules };
  return { ...shared, columns: having(form, "channel").map((c) => c.column) };
}

/** The document. Ask `problems` first: an incomplete form makes a document that the server refuses. */
export function toMapping(form: MappingForm): Mapping {
  const ignored = form.columns.some((c) => c.role === "ignore");
  const properties = form.columns.filter((c) => c.role === "property").map((c) => c.column);
  const formats = form.timeFormat.split("\n").map((f) => f.trim()).filter(Boolean);
  const source = form.eventFrom === "column" ? columnOf(form, "event") : form.eventText;
  return {
    person: having(form, "person").map((c) => ({ column: c.column, type: c.identifier })),
    time: {
      column: columnOf(form, "time"),
      format: formats.length > 1 ? formats : (formats[0] ?? "auto"),
      zone: form.zone.trim() || null,
      date_only: form.dateOnly,
      template: columnOf(form, "time") ? null : form.timeTemplate,
      codes: form.timeCodes,
    },
    event: { [form.eventFrom]: source },
    channel: channelOf(form),
    case: columnOf(form, "case"),
    event_id: columnOf(form, "event_id"),
    value: numberOf(columnOf(form, "value"), form.value),
    text: columnOf(form, "text"),
    score: numberOf(columnOf(form, "score"), form.score),
    feedback: toFeedback(form.feedback),
    anonymous: form.anonymous,
    properties: ignored ? properties : "all",
    kind: form.kind,
    caveat: form.caveat,
    encoding: form.encoding,
    delimiter: form.delimiter,
  };
}

function rolesOf(mapping: Mapping): [string, Role][] {
  const named: [string | null | undefined, Role][] = [
    ...mapping.person.map((p): [string, Role] => [p.column, "person"]),
    [mapping.time.column, "time"],
    [mapping.event.column, "event"],
    ...(mapping.channel?.columns ?? []).map((c): [string, Role] => [c, "channel"]),
    [mapping.value?.column, "value"],
    [mapping.text, "text"],
    [mapping.score?.column, "score"],
    [mapping.case, "case"],
    [mapping.event_id, "event_id"],
    ...(mapping.feedback?.answers ?? []).map((a): [string, Role] => [a.column, "answer"]),
  ];
  return named.filter((pair): pair is [string, Role] => Boolean(pair[0]));
}

function choiceOf(column: string, mapping: Mapping, roles: [string, Role][]): Choice {
  const [role, ...also] = roles.filter(([name]) => name === column).map(([, r]) => r);
  const beside = besides(fromFeedback(mapping.feedback)).has(column);
  const kept = !Array.isArray(mapping.properties) || mapping.properties.includes(column);
  const identifier = mapping.person.find((p) => p.column === column)?.type ?? "customer_id";
  return { column, role: role ?? (beside ? "beside" : kept ? "property" : "ignore"), identifier, also };
}

function settingsOf(number: NumberColumn | null | undefined): NumberSettings {
  const { decimal, currency, currency_column } = number ?? {};
  return { decimal: decimal ?? ".", currency: currency ?? "", currencyColumn: currency_column ?? "" };
}

function ruleOf(rule: RuleDocument): ChannelRule {
  const comparison = COMPARISONS.find((c) => typeof rule[c] === "string") ?? "equals";
  return { field: rule.field ?? "name", comparison, text: rule[comparison] ?? "", channel: rule.channel };
}

/** The form that shows `mapping`; columns that it names but the file lacks are left out (the server says so). */
export function toForm(mapping: Mapping, columns: readonly string[]): MappingForm {
  const roles = rolesOf(mapping);
  const { event, channel, time } = mapping;
  const inColumn = Boolean(channel?.columns?.length);
  return {
    columns: columns.map((column) => choiceOf(column, mapping, roles)),
    anonymous: mapping.anonymous ?? "reject",
    feedback: fromFeedback(mapping.feedback),
    timeFormat: Array.isArray(time.format) ? time.format.join("\n") : (time.format ?? "auto"),
    zone: time.zone ?? "",
    dateOnly: time.date_only ?? "start",
    timeTemplate: time.template ?? null,
    timeCodes: time.codes ?? {},
    eventFrom: event.constant != null ? "constant" : event.template != null ? "template" : "column",
    eventText: event.constant ?? event.template ?? "",
    channelFrom: channel?.constant != null && !inColumn ? "constant" : channel?.rules?.length ? "rules" : "column",
    channelText: channel?.constant ?? "",
    channelDefault: (inColumn ? channel?.constant : null) ?? channel?.default ?? "unknown",
    rules: (channel?.rules ?? []).map(ruleOf),
    value: settingsOf(mapping.value),
    score: settingsOf(mapping.score),
    kind: mapping.kind ?? "event",
    caveat: mapping.caveat ?? null,
    encoding: mapping.encoding ?? null,
    delimiter: mapping.delimiter ?? null,
  };
}
