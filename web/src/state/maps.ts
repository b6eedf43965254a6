/** The client of maps on our own server, in the language in use. */

import { mapApi } from "../core/map/api";
import { api } from "./api";
import { i18n } from "./i18n.svelte";

export const maps = mapApi(api, () => (i18n.locale === "__test__" ? "en" : i18n.locale));
