/** What is open beside the map. It is in the address, so that a link leads to it and Back closes it. */

import { router } from "../../../state/router.svelte";

export const PANELS = ["history", "comments", "suggestions", "export", "freeze", "compare", "conformance", "views", "lanes", "delete"] as const;
export type Panel = (typeof PANELS)[number];

export const openPanel = (): Panel | null => PANELS.find((one) => one === router.route.query.get("panel")) ?? null;

export const show = (panel: Panel | null): void => router.setQuery({ panel });

/** The old version that is looked at. */
export function versionShown(): number | null {
  const text = router.route.query.get("version");
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

export const showVersion = (version: number | null): void => router.setQuery({ version: version === null ? null : String(version) });
