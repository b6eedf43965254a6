/** How the sizes of bets read: as everywhere in proofs, and with the unit that a person types. */

import type { SizeUnit } from "../../core/actions";
import type { Around } from "../../core/proof";
import { effectText, intervalText } from "../proof/words";
import type { Unit } from "../proof/sizes";

const asUnit = (unit: SizeUnit): Unit => (unit === "share" || unit === "score" || unit === "count" ? unit : "number");

/** A measured effect with its sign, as exact as its interval allows. */
export const size = (effect: number, around: Around, unit: SizeUnit): string => effectText({ effect, ...{ low: around.low, high: around.high } }, asUnit(unit));

export const around = (of: Around, unit: SizeUnit): string => intervalText(of, asUnit(unit));
