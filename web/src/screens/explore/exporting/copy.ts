/** Copies text and says so. */

import { toast } from "../../../state/live.svelte";

export async function copied(text: string, note: string): Promise<void> {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else byHand(text);
  toast(note);
}

/** Without a secure origin, as on an address of the local network, there is no clipboard but this. */
function byHand(text: string): void {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
