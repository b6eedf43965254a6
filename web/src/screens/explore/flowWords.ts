/** The words of the flow picture. */

import type { Cut } from "../../core/types";
import { f, t } from "../../state/i18n.svelte";
import type { FlowNode } from "./flow";

/** The name shown on a node; the server's `@` names become words. */
export function pathName(name: string): string {
  if (name === "@other") return t("explore.flow.other");
  if (name === "@end") return t("explore.flow.end");
  if (name === "@start") return t("explore.flow.start");
  return name;
}

export const nodeTitle = (node: FlowNode): string => pathName(node.name);

/** Where a column stands, counted from the anchor. */
export function columnTitle(layer: number): string {
  if (layer === 0) return t("explore.flow.anchor");
  return layer > 0 ? t("explore.flow.after", { n: layer }) : t("explore.flow.before", { n: -layer });
}

/** A node read aloud, and the heading of its people. */
export function nodeSentence(node: FlowNode, entered: number): string {
  const share = f().percent(node.people / Math.max(1, entered), entered);
  return t("explore.flow.node", { name: nodeTitle(node), place: columnTitle(node.layer), n: node.people, share });
}

/** What a limit left out, as a sentence; unknown limits are named as the server names them. */
export function cutSentence(cut: Cut): string {
  const { kept, total } = cut;
  if (cut.what.startsWith("variant")) return t("explore.cut.variants", { n: total - kept, kept, total });
  if (cut.what.startsWith("transition")) return t("explore.cut.transitions", { n: total - kept, kept, total });
  if (/name|node/.test(cut.what)) return t("explore.cut.names", { n: total - kept, kept, total });
  return t("explore.cut.any", { what: cut.what, kept, total });
}
