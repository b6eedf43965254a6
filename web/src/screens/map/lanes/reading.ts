/** What the parts of a map read of its session: figures by id, where their people are, what a binding is about. */

import type { Key } from "../../../core/i18n";
import type { Binding, Card } from "../../../core/map/document";
import type { CardMeasured, Measured } from "../../../core/map/measured";
import { t } from "../../../state/i18n.svelte";
import type { MapSession } from "../../../state/mapsession.svelte";
import type { Drill } from "../../../state/people.svelte";

/** The figures shown: those of the version that is looked at, else the newest. */
export const figuresOf = (session: MapSession): Measured | null => (session.preview ? session.preview.measured : session.measured);

export const cardMeasured = (session: MapSession, card: Card): CardMeasured | null => figuresOf(session)?.cards[card.id] ?? null;

/** Where the people of a cell are; null where nothing was counted or figures are frozen without them. */
export function drillTo(session: MapSession, cell: string | null, title: string): Drill | null {
  const token = figuresOf(session)?.drilldown;
  return token && cell ? { token, cell, title } : null;
}

/** What a binding is of, by its name on the map. */
export function boundTo(session: MapSession, bind: Binding): string {
  if (bind.touchpoint) return session.library.get(bind.touchpoint)?.name ?? bind.touchpoint;
  return session.document.stages.find((stage) => stage.id === bind.stage)?.name ?? bind.stage ?? "";
}

/** A bound question as a heading, e.g. "Drop-off: Basket". */
export const boundTitle = (session: MapSession, bind: Binding): string =>
  `${t(`map.question.${bind.question}` as Key)}: ${boundTo(session, bind)}`;

/** The same where it stands: a stage is not named again in its own column. */
export function boundLabel(session: MapSession, card: Card): string {
  if (!card.bind) return "";
  const stage = session.document.stages.find((one) => one.id === card.bind?.stage);
  const here = stage && session.document.lanes.some((lane) => stage.steps.some((step) => lane.cells[step.id]?.includes(card)));
  return here ? t(`map.question.${card.bind.question}` as Key) : boundTitle(session, card.bind);
}

/** What the people behind a card's figure are called. */
export function peopleTitle(session: MapSession, card: Card): string {
  return card.bind ? boundTitle(session, card.bind) : t("map.people_met", { touchpoint: session.titleOf(card) });
}

/** The channel of a touchpoint card by the library, else the first it was met through. */
export function channelOf(session: MapSession, card: Card): string | null {
  const item = card.ref ? session.library.get(card.ref) : undefined;
  if (item?.channel) return session.library.get(item.channel)?.name ?? item.channel;
  return cardMeasured(session, card)?.channels[0] ?? null;
}
