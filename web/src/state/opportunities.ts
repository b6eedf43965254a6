/** The client of opportunities on our own server, in the language in use. */

import { opportunityApi } from "../core/opportunities";
import { api } from "./api";
import { i18n } from "./i18n.svelte";

export const opportunities = opportunityApi(api, () => (i18n.locale === "__test__" ? "en" : i18n.locale));
