/** What "people" counts at a grain, as a text with plural forms. */

import type { Key } from "./i18n";
import type { Grain } from "./types";

const COUNTED = { person: "ui.people", journey: "ui.journeys", case: "ui.cases" } as const satisfies Record<Grain, Key>;

export const counted = (grain: Grain): (typeof COUNTED)[Grain] => COUNTED[grain];
