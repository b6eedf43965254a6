/** The language in use. `t` and `f` are read in templates, which follow when the language changes. */

import { formats, type Formats } from "../core/format";
import { isLocale, knownLanguage, load, tag, translator, type Catalogue, type Key, type Locale, type Params } from "../core/i18n";

const KEY = "desireline.language";

class I18n {
  locale = $state<Locale>("en");
  #catalogue = $state.raw<Partial<Catalogue>>({});
  readonly say = $derived(translator(this.locale, this.#catalogue));
  readonly formats = $derived(formats(this.locale));

  /** Loads a language and shows it; `remember` keeps it for the next visit. */
  async use(locale: Locale, remember = false): Promise<void> {
    this.#catalogue = await load(locale);
    this.locale = locale;
    document.documentElement.lang = tag(locale);
    if (remember) localStorage.setItem(KEY, locale);
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
