/** How keys are written for people: "mod+d" as "Ctrl D". */

import { t } from "../../../state/i18n.svelte";

const SIGNS: Record<string, string> = {
  ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", Delete: "Del", Insert: "Ins", shift: "⇧", alt: "Alt", Enter: "↵",
};

const mac = /mac/i.test(globalThis.navigator?.userAgent ?? "");

export function signs(keys: string): string {
  const parts = keys === "+" ? ["+"] : keys.split(/\+(?=.)/);
  return parts.map((key) => (key === "mod" ? (mac ? "⌘" : "Ctrl") : key === " " ? t("keys.space") : (SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)))).join(" ");
}
