/** Where the user is. Links are plain `<a href>`; clicks on ours are followed without a reload. */

import { asParams, isOurs, parse, type Query, type Route } from "../core/router";

interface GoOptions {
  replace?: boolean;
  /** Kept with this entry of the history, also over a reload; plain data only. */
  note?: Record<string, unknown> | null;
}

class Router {
  route = $state.raw<Route>(parse(new URL(location.href)));
  note = $state.raw<Record<string, unknown> | null>(null);

  start(): void {
    this.note = (history.state as Record<string, unknown> | null) ?? null;
    addEventListener("popstate", () => this.#read());
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (!link?.href || !isOurs(event, link, location.origin)) return;
      event.preventDefault();
      this.go(link.href);
    });
  }

  /** Goes to an address of ours. */
  go(href: string, options: GoOptions = {}): void {
    const url = new URL(href, location.origin);
    const before = this.route;
    history[options.replace ? "replaceState" : "pushState"](options.note ?? null, "", url);
    this.#read();
    if (before.screen !== this.route.screen || before.parts.join("/") !== this.route.parts.join("/")) scrollTo(0, 0);
  }

  /** Changes some parameters of the query and keeps the rest; an empty value removes one. */
  setQuery(changes: Query, options: GoOptions = {}): void {
    const query = new URLSearchParams(location.search);
    const given = asParams(changes);
    const names = changes instanceof URLSearchParams ? [...given.keys()] : Object.keys(changes);
    for (const name of names) query.delete(name);
    for (const [name, value] of given) query.append(name, value);
    this.replaceQuery(query, options);
  }

  /** Puts another query in place of the whole one. */
  replaceQuery(query: URLSearchParams, options: GoOptions = {}): void {
    const text = query.toString();
    this.go(location.pathname + (text ? `?${text}` : ""), { replace: true, ...options });
  }

  #read(): void {
    this.route = parse(new URL(location.href));
    this.note = (history.state as Record<string, unknown> | null) ?? null;
  }
}

export const router = new Router();
