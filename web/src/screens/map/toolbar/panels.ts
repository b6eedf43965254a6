/** What is open beside the map. It is in the address, so that a link leads to it and Back closes it. */

import { router } from "../../../state/router.svelte";

export const PANELS = ["history", "comments", "suggestions", "export", "freeze", "compare", "conformance", "views", "lanes", "delete", "sides"] as const;
export type Panel = (typeof PANELS)[number];

export const openPanel = (): Panel | null => PANELS.find((one) => one === router.route.query.get("panel")) ?? null;

export const show = (panel: Panel | null): void => router.setQuery({ panel, with: null });

function versionIn(key: "version" | "with"): number | null {
  const text = router.route.query.get(key);
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** The old version that is looked at. */
export const versionShown = (): number | null => versionIn("version");

/** The version that a link asks to compare with. */
export const versionCompared = (): number | null => versionIn("with");

/** The two versions that stand side by side, the newest for null, and the action that came between; null if none do. */
export function sidesShown(): { before: number; after: number | null; action: string | null } | null {
  const before = versionCompared();
  return before === null || openPanel() !== "sides" ? null : { before, after: versionShown(), action: router.route.query.get("action") };
}

export const showSides = (before: number, after: number | null): void => router.setQuery({ panel: "sides", with: String(before), version: after === null ? null : String(after), action: null });

export const leaveSides = (): void => router.setQuery({ panel: null, with: null, version: null, action: null });

export const showVersion = (version: number | null): void => router.setQuery({ version: version === null ? null : String(version) });
