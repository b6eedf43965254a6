import { t } from "../../state/i18n.svelte";

/** How large a map is, in words. */
export const sizeOf = ({ stages, steps }: { stages: number; steps: number }): string =>
  `${t("overview.stages", { n: stages })} · ${t("maps.steps", { n: steps })}`;
