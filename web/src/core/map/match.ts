/** Which cards a filter lets through. */

import type { Card, Lane, LibraryItem } from "./document";

export interface CardFilter {
  /** Ids of channel items. */
  channels: readonly string[];
  tags: readonly string[];
  owners: readonly string[];
}

/** A card passes if it has one of the channels, one of the tags and one of the owners, where any are asked for. Cards of lanes
 *  without channels have none, and are let through. */
export function matcher(filter: CardFilter, library: ReadonlyMap<string, LibraryItem>): (card: Card, lane: Lane) => boolean {
  const { channels, tags, owners } = filter;
  return (card, lane) => {
    if (tags.length && !card.tags.some((tag) => tags.includes(tag))) return false;
    if (owners.length && !owners.includes(card.owner ?? "")) return false;
    if (!channels.length || lane.kind !== "touchpoints") return true;
    const channel = (card.ref === null ? null : library.get(card.ref)?.channel) ?? lane.channel;
    return channel !== null && channels.includes(channel);
  };
}
