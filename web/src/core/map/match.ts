/** Which cards a filter lets through. */

import type { Card, Lane, LibraryItem } from "./document";

export interface CardFilter {
  /** Ids of channel items. */
  channels: readonly string[];
  tags: readonly string[];
  owners: readonly string[];
}

const PARAMETERS = { channels: "card_channel", tags: "card_tag", owners: "card_owner" } as const;

/** The filter that an address asks for. */
export const cardsAsked = (query: URLSearchParams) => ({
  channels: query.getAll(PARAMETERS.channels),
  tags: query.getAll(PARAMETERS.tags),
  owners: query.getAll(PARAMETERS.owners),
});

/** The parameters of an address that asks for the filter. */
export const asParameters = (filter: CardFilter): Record<string, readonly string[]> => ({
  [PARAMETERS.channels]: filter.channels,
  [PARAMETERS.tags]: filter.tags,
  [PARAMETERS.owners]: filter.owners,
});

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
