/** What a curve is called: whose it is, and whether it shows what people say or what they do. */

import { t } from "../../../../state/i18n.svelte";
import type { Curve } from "./read";

export function curveName({ of, look }: Curve): string {
  const whose = of.segment ?? t("map.emotion.everyone");
  return look === "behaviour" || look === "words" ? t(`map.emotion.${look}`, { whose }) : whose;
}
