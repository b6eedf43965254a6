/** Ids made in the page: of things of a map and of what is sent. */

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Sixteen letters and digits, a letter first: 80 bits, so that two pages never make the same. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte, at) => ALPHABET[byte % (at === 0 ? 26 : 36)]).join("");
}
