/** A segment as a form: rows that read like sentences, in groups. Conditions of the server become forms and back without loss. */

import type { BehindCondition, Condition, DidCondition, FieldCondition, MemberCondition, Operator, Plain } from "../../../core/types";

export type Join = "all" | "any" | "none";

interface Placed {
  /** Unique in the form, and kept while it is edited. */
  id: number;
}
export interface Group extends Placed {
  kind: "group";
  join: Join;
  items: Item[];
}
export interface FieldRow extends Placed {
  kind: "field";
  not: boolean;
  field: string;
  op: Operator;
  value: string;
}
export type Often = "at_least" | "at_most" | "exactly";
export interface DidRow extends Placed {
  kind: "did";
  not: boolean;
  step: string;
  often: Often;
  times: number;
  within: string | null;
  relation: "before" | "after" | null;
  other: string;
  where: Group | null;
}
export interface MemberRow extends Placed {
  kind: "member";
  not: boolean;
  segment: string;
  version: number | null;
}
export interface BehindRow extends Placed {
  kind: "behind";
  not: boolean;
  token: string;
  cell: string;
}
export type Row = FieldRow | DidRow | MemberRow | BehindRow;
export type Item = Group | Row;

export const OPERATORS: readonly Operator[] = ["=", "!=", "in", "<", "<=", ">", ">=", "contains", "starts", "matches", "exists", "missing"];
export const BARE: readonly Operator[] = ["exists", "missing"];

let last = 0;
const next = (): number => (last += 1);

export const group = (join: Join = "all", items: Item[] = []): Group => ({ id: next(), kind: "group", join, items });
export const fieldRow = (field = "channel"): FieldRow => ({ id: next(), kind: "field", not: false, field, op: "=", value: "" });
export const didRow = (step = ""): DidRow => ({ id: next(), kind: "did", not: false, step, often: "at_least", times: 1, within: null, relation: null, other: "", where: null });
export const memberRow = (segment = ""): MemberRow => ({ id: next(), kind: "member", not: false, segment, version: null });

/** The form of a condition; its outermost element is always a group. */
export function toForm(condition: Condition): Group {
  const item = itemOf(condition, false);
  return item.kind === "group" ? item : group("all", [item]);
}

function itemOf(condition: Condition, not: boolean): Item {
  if ("not" in condition) return not ? group("none", [group("all", [itemOf(condition, false)])]) : negated(condition.not);
  if ("all" in condition) return not ? group("none", [itemOf(condition, false)]) : group("all", condition.all.map((c) => itemOf(c, false)));
  if ("any" in condition) return group(not ? "none" : "any", condition.any.map((c) => itemOf(c, false)));
  if ("did" in condition) return didOf(condition, not);
  if ("segment" in condition) return { ...memberRow(condition.segment), not, version: condition.version ?? null };
  if ("drilldown" in condition) return { id: next(), kind: "behind", not, token: condition.drilldown, cell: condition.cell };
  return { ...fieldRow(condition.field), not, op: condition.op, value: written(condition.value ?? "") };
}

const negated = (condition: Condition): Item => itemOf(condition, true);

function didOf(condition: DidCondition, not: boolean): Item {
  const { did, where, at_least, at_most, within, before, after } = condition;
  const [low, high] = [at_least ?? 1, at_most ?? null];
  const relation = before ? "before" : after ? "after" : null;
  const row: DidRow = { ...didRow(did), not, within: within ?? null, relation, other: before ?? after ?? "", where: where ? toForm(where) : null };
  if (high === null) return { ...row, times: low };
  if (high === low) return { ...row, often: "exactly", times: low };
  const most: DidRow = { ...row, often: "at_most", times: high };
  if (low <= 0) return most;
  const both = group("all", [{ ...row, not: false, times: low }, { ...most, id: next(), not: false }]);
  return not ? group("none", [both]) : both;
}

/** The condition of a form, or null while a row is not filled in or nothing is asked. */
export function toCondition(form: Group): Condition | null {
  const parts = form.items.map((item) => (item.kind === "group" ? toCondition(item) : rowCondition(item)));
  if (parts.length === 0 || parts.includes(null)) return null;
  const found = parts as Condition[];
  if (form.join === "none") return { not: found.length === 1 ? found[0]! : { any: found } };
  if (found.length === 1) return found[0]!;
  return form.join === "all" ? { all: found } : { any: found };
}

function rowCondition(row: Row): Condition | null {
  const inner = bare(row);
  return inner && row.not ? { not: inner } : inner;
}

function bare(row: Row): Condition | null {
  switch (row.kind) {
    case "field":
      return fieldCondition(row);
    case "did":
      return didCondition(row);
    case "member":
      return row.segment ? ({ segment: row.segment, ...(row.version !== null && { version: row.version }) } satisfies MemberCondition) : null;
    case "behind":
      return { drilldown: row.token, cell: row.cell } satisfies BehindCondition;
  }
}

function fieldCondition({ field, op, value }: FieldRow): FieldCondition | null {
  if (!field || field.endsWith(".")) return null;
  if (BARE.includes(op)) return { field, op };
  if (value.trim() === "") return null;
  if (op === "in") return { field, op, value: read(value) };
  return { field, op, value };
}

function didCondition({ step, often, times, within, relation, other, where }: DidRow): DidCondition | null {
  if (!step || (relation !== null && !other) || !Number.isInteger(times) || times < 0) return null;
  const inner = where ? toCondition(where) : null;
  if (where && where.items.length > 0 && inner === null) return null;
  const limits = often === "at_least" ? { at_least: times } : often === "at_most" ? { at_least: 0, at_most: times } : { at_least: times, at_most: times };
  return { did: step, ...limits, ...(within && { within }), ...(relation && { [relation]: other }), ...(inner && { where: inner }) };
}

/** Values of a list, separated by commas; those in quotes may hold one. */
export function read(text: string): string[] {
  const found = [...text.matchAll(/\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)/g)].map(([, quoted, plain]) => (quoted === undefined ? (plain ?? "").trim() : quoted.replace(/\\(.)/g, "$1")));
  return found.filter((value) => value !== "");
}

function written(value: Plain | Plain[]): string {
  if (!Array.isArray(value)) return String(value);
  return value.map((v) => (/[",\\]|^\s|\s$/.test(String(v)) ? `"${String(v).replace(/["\\]/g, "\\$&")}"` : String(v))).join(", ");
}
