/** Changes the language for good; an address that names one (`?lang=`) follows. */

import type { Language } from "../core/i18n";
import { i18n } from "./i18n.svelte";
import { router } from "./router.svelte";

/** What each language calls itself. */
export const NAMES: Record<Language, string> = { en: "English", pl: "Polski", hr: "Hrvatski" };

export async function speak(language: Language): Promise<void> {
  await i18n.use(language, true);
  if (router.route.query.has("lang")) router.setQuery({ lang: language });
}
