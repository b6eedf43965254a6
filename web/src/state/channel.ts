import { t } from "./i18n.svelte";

/** A channel as people read it: events of which no source says the channel bear the name "unknown". */
export const channelName = (channel: string | null): string => (channel === null || channel === "unknown" ? t("channel.unknown") : channel);
