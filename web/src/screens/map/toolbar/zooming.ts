/** Sizes a map can be drawn in, and the one that fits it into the window. */

import { f, t } from "../../../state/i18n.svelte";
import type { MapSession } from "../../../state/mapsession.svelte";
import { LEAST_ZOOM, MOST_ZOOM } from "../grid/grid.svelte";

const STEPS = [0.5, 0.75, 1, 1.25, 1.5] as const;
const clamp = (zoom: number): number => Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));

/** The zoom at which the sheet is just as wide as its window. */
function fitting(session: MapSession): number {
  const window = document.querySelector<HTMLElement>("[data-sheet]")?.parentElement;
  if (!window) return 1;
  return clamp(Math.floor(((session.zoom * window.clientWidth) / window.scrollWidth) * 100) / 100);
}

export const zooms = (session: MapSession): { label: string; checked?: boolean; run: () => void }[] => [
  { label: t("map.zoom.fit"), run: () => (session.zoom = fitting(session)) },
  { label: t("map.zoom.in"), run: () => (session.zoom = clamp(session.zoom * 1.25)) },
  { label: t("map.zoom.out"), run: () => (session.zoom = clamp(session.zoom / 1.25)) },
  ...STEPS.map((zoom) => ({ label: f().percent(zoom), checked: Math.abs(session.zoom - zoom) < 0.01, run: () => (session.zoom = zoom) })),
];
