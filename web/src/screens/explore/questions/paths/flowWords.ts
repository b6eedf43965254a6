/** The words of the flow picture. */

import { f, t } from "../../../../state/i18n.svelte";
import type { FlowNode } from "./flow";

/** The name shown on a node; the server's `@` names become words. */
export function pathName(name: string): string {
  if (name === "@other") return t("explore.flow.other");
  if (name === "@end") return t("explore.flow.end");
  if (name === "@start") return t("explore.flow.start");
  return name;
}

/** The name of a node. At the edges it stands for all who have stopped by then, or have not begun yet. */
export function nodeTitle(node: FlowNode): string {
  if (node.kind === "end") return t("explore.flow.ended");
  return node.kind === "start" ? t("explore.flow.not_begun") : pathName(node.name);
}

/** Where a column stands, counted from the anchor. */
export function columnTitle(place: number): string {
  if (place === 0) return t("explore.flow.anchor");
  return place > 0 ? t("explore.flow.after", { n: place }) : t("explore.flow.before", { n: -place });
}

/** A node read aloud, and the heading of its people. */
export function nodeSentence(node: FlowNode, entered: number): string {
  const share = f().percent(node.people / Math.max(1, entered), entered);
  return t("explore.flow.node", { name: nodeTitle(node), place: columnTitle(node.place), n: node.people, share });
}

/** A ribbon read aloud, and the heading of its people. */
export function linkSentence(link: { from: string; to: string; people: number }, entered: number): string {
  const share = f().percent(link.people / Math.max(1, entered), entered);
  return t("explore.flow.link", { from: pathName(link.from), to: pathName(link.to), n: link.people, share });
}
