/** Names of the types of identifiers, wherever a person is shown. */

import { t } from "../../state/i18n.svelte";

const KNOWN = ["customer_id", "email", "phone", "loyalty_card", "device", "cookie", "case", "other"] as const;

/** The type in words; one that we do not know stays as it is. */
export function identifierType(type: string): string {
  const known = KNOWN.find((k) => k === type);
  return known ? t(`people.type.${known}`) : type;
}
