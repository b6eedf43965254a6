/** Which view of the opportunities the address shows. */

export const VIEWS = ["matrix", "list", "board"] as const;
export type View = (typeof VIEWS)[number];

export const viewOf = (query: URLSearchParams): View => VIEWS.find((view) => view === query.get("view")) ?? "matrix";

/** What the address says of a view; the usual one is left out. */
export const inAddress = (view: View): string | null => (view === "matrix" ? null : view);
