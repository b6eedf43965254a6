/** Puts a picture into a card: stored by the server, then a command. */

import type { Card } from "../../../core/map/document";
import { t } from "../../../state/i18n.svelte";
import { toast } from "../../../state/live.svelte";
import { maps } from "../../../state/maps";
import type { MapSession } from "../../../state/mapsession.svelte";
import { asApiError } from "../../../state/resource.svelte";

/** The first picture among dropped, pasted or chosen files. */
export const pictureIn = (files: FileList | readonly File[] | null | undefined): File | null =>
  [...(files ?? [])].find((file) => file.type.startsWith("image/")) ?? null;

/** Uploads a picture and puts it into the card; what the card said of its old picture stays. */
export async function putPicture(session: MapSession, card: Card, file: File | null): Promise<boolean> {
  if (!file) {
    toast(t("map.image.none"), "bad");
    return false;
  }
  try {
    const image = await maps.uploadImage(file);
    return session.run({ do: "card.set", id: card.id, set: { image: { ...image, alt: card.image?.alt ?? "" } } }, { announce: t("map.image.put") });
  } catch (error) {
    toast(asApiError(error).message, "bad");
    return false;
  }
}
