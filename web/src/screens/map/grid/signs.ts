/** How keys are written for people: "mod+d" as "Ctrl D". */

const SIGNS: Record<string, string> = {
  ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", " ": "Space", Delete: "Del", Insert: "Ins", shift: "⇧", alt: "Alt", Enter: "↵",
};

const mac = /mac/i.test(globalThis.navigator?.userAgent ?? "");

export function signs(keys: string): string {
  const parts = keys === "+" ? ["+"] : keys.split(/\+(?=.)/);
  return parts.map((key) => (key === "mod" ? (mac ? "⌘" : "Ctrl") : (SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)))).join(" ");
}
