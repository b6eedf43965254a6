/** The parts of the screen, as they stand in the address; anything else is the id of a KPI. */

export const PARTS = ["dashboard", "goals", "alerts", "reports"] as const;
export type Part = (typeof PARTS)[number];

export function partOf(parts: readonly string[]): Part | "kpi" {
  const [head] = parts;
  if (head === undefined) return "dashboard";
  return PARTS.find((part) => part === head && part !== "dashboard") ?? "kpi";
}
