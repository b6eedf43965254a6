/** The client of our own server, in the language in use. */

import { client } from "../core/api";
import { i18n, t } from "./i18n.svelte";

export const api = client({
  language: () => (i18n.locale === "__test__" ? "en" : i18n.locale),
  unreachable: () => t("error.unreachable"),
});

export { ApiError } from "../core/api";
