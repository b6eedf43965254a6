/** The labels of compared shares, in which the server may use its `@` names. */

import { t } from "../../../state/i18n.svelte";

export function labelled(label: string): string {
  return label
    .replaceAll("@other", t("explore.flow.other"))
    .replaceAll("@end", t("explore.flow.end"))
    .replaceAll("@start", t("explore.flow.start"));
}
