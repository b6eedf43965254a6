/** What a before/after compares, in its plan. */

import type { BeforeAfter } from "../../../core/proof";
import type { Segment } from "../../../core/segments";

/** The day the change begins; the first of several. */
export const firstDay = (one: Pick<BeforeAfter, "start" | "roll_out">): string | null => one.start ?? Object.values(one.roll_out?.starts ?? {}).filter((day) => day !== null).sort()[0] ?? null;

/** How a segment reads that is saved by name, or written here. */
export function segmentText(segment: Segment | string): string {
  if (typeof segment === "string") return segment;
  return segment.name ?? (typeof segment.where === "string" ? segment.where : plain(segment.where));
}

/** A condition in short; the server keeps it in parts. */
function plain(where: Exclude<Segment["where"], string>): string {
  if ("all" in where) return where.all.map(plain).join(" and ");
  if ("any" in where) return where.any.map((one) => `(${plain(one)})`).join(" or ");
  if ("not" in where) return `not (${plain(where.not)})`;
  if ("did" in where) return `did "${where.did}"`;
  if ("segment" in where) return where.segment;
  if ("field" in where) return `${where.field} ${where.op}${where.value == null ? "" : ` ${JSON.stringify(where.value)}`}`;
  return "…";
}
