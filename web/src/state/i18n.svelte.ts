/** The language in use. `t` and `f` are read in templates, which follow when the language changes. */

import { formats, type Formats } from "../core/format";
import { isLocale, knownLanguage, load, tag, translator, type Catalogue, type Key, type Locale, type Params } from "../core/i18n";
import type { Part } from "../core/parts";

const KEY = "desireline.language";

class I18n {
  locale = $state<Locale>("en");
  #catalogue = $state.raw<Partial<Catalogue>>({});
  readonly #parts = new Set<Part | "shared">(["shared"]);
  readonly say = $derived(translator(this.locale, this.#catalogue));
  readonly formats = $derived(formats(this.locale));

  /** Loads a language and shows it; `remember` keeps it for the next visit. */
  async use(locale: Locale, remember = false): Promise<void> {
    this.#catalogue = await load(locale, [...this.#parts]);
    this.locale = locale;
    document.documentElement.lang = tag(locale);
    if (remember) localStorage.setItem(KEY, locale);
  }

  /** Loads parts of the catalogue, in this language and in those that follow. */
  async need(parts: readonly Part[]): Promise<void> {
    const locale = this.locale;
    const missing = parts.filter((part) => !this.#parts.has(part));
    if (!missing.length) return;
    const found = await load(locale, missing);
    for (const part of missing) this.#parts.add(part);
    if (locale === this.locale) this.#catalogue = { ...this.#catalogue, ...found };
    else await this.use(this.locale);
  }

  /** The language of the address (`?lang=`), else the remembered one, else the browser's. */
  async start(): Promise<void> {
    const asked = new URLSearchParams(location.search).get("lang");
    const kept = localStorage.getItem(KEY);
    await this.use(isLocale(asked) ? asked : isLocale(kept) ? kept : knownLanguage(navigator.languages));
  }
}

export const i18n = new I18n();

/** The text of a key in the language in use. */
export const t = (key: Key, params?: Params): string => i18n.say(key, params);

/** Numbers, dates and spans as the language in use writes them: `f().percent(0.45)`. */
export const f = (): Formats => i18n.formats;
