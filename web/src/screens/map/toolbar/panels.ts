/** What is open beside the map. It is in the address, so that a link leads to it and Back closes it. */

import { router } from "../../../state/router.svelte";

export const PANELS = ["history", "comments", "suggestions", "export", "freeze", "compare", "conformance", "views", "lanes", "delete"] as const;
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

export const showVersion = (version: number | null): void => router.setQuery({ version: version === null ? null : String(version) });
