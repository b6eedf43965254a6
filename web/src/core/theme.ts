/** Light or dark: what the system prefers, unless the user chose. */

export type Choice = "light" | "dark" | "system";

export const CHOICES: readonly Choice[] = ["system", "light", "dark"];

const KEY = "desireline.theme";

export function remembered(storage: Pick<Storage, "getItem">): Choice {
  const kept = storage.getItem(KEY);
  return CHOICES.find((c) => c === kept) ?? "system";
}

/** Keeps the choice and marks the root element; without a mark the style sheet follows the system. */
export function apply(choice: Choice, root: HTMLElement, storage: Pick<Storage, "setItem">): void {
  storage.setItem(KEY, choice);
  if (choice === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = choice;
}
