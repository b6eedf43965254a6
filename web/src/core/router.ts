/** Addresses that can be shared and reloaded: `/screen/part/part?query`, on the browser's history. */

export const SCREENS = ["overview", "maps", "map", "library", "discover", "personas", "obstacles", "opportunities", "plan", "proof", "voice", "kpis", "explore", "people", "sources"] as const;
/** The navigation: screens, and groups of screens by what one wants to do. */
export const MAIN = [
  { screen: "overview" },
  { screen: "maps" },
  { group: "understand", screens: ["discover", "personas", "explore", "people"] },
  { screen: "voice" },
  { group: "improve", screens: ["obstacles", "opportunities", "plan", "proof"] },
  { screen: "kpis" },
  { screen: "sources" },
] as const satisfies readonly ({ screen: Screen } | { group: string; screens: readonly Screen[] })[];
/** All screens that the navigation leads to, in its order. */
export const OFFERED: readonly Screen[] = MAIN.flatMap((entry) => ("group" in entry ? entry.screens : [entry.screen]));
export type Screen = (typeof SCREENS)[number];

export interface Route {
  screen: Screen;
  parts: string[];
  query: URLSearchParams;
}

export type Query = URLSearchParams | Record<string, string | readonly string[] | null | undefined>;

/** The route of an address; an unknown screen is the overview. */
export function parse(url: URL): Route {
  const [head = "", ...parts] = url.pathname.split("/").filter(Boolean).map(decode);
  const screen = SCREENS.find((s) => s === head) ?? "overview";
  return { screen, parts: screen === head ? parts : [], query: new URLSearchParams(url.search) };
}

/** The screen in the navigation that a screen stands under. */
export const entryOf = (screen: Screen): Screen => UNDER[screen] ?? screen;
const UNDER: Partial<Record<Screen, Screen>> = { map: "maps", library: "maps" };

/** The address of a screen. */
export function href(screen: Screen, parts: readonly string[] = [], query: Query = {}): string {
  const path = [...(screen === "overview" && !parts.length ? [] : [screen]), ...parts].map(encodeURIComponent).join("/");
  const search = asParams(query).toString();
  return `/${path}${search ? `?${search}` : ""}`;
}

export function asParams(query: Query): URLSearchParams {
  if (query instanceof URLSearchParams) return query;
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "") continue;
    for (const one of typeof value === "string" ? [value] : value) params.append(key, one);
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Whether a click on a link is ours to follow: plain, same origin, same window, neither a place on this page nor an API address. */
export function isOurs(event: MouseEvent, link: HTMLAnchorElement, origin: string): boolean {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const url = new URL(link.href, origin);
  if (link.getAttribute("href")?.startsWith("#")) return false;
  return plain && !event.defaultPrevented && url.origin === origin && !link.target && !link.hasAttribute("download") && !url.pathname.startsWith("/api/");
}
