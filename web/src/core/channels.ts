/** What kind of channel a free name means, for its icon. Words of the three languages, most telling first. */

export type ChannelKind =
  | "web" | "app" | "email" | "post" | "phone" | "chat" | "store" | "desk" | "service" | "search" | "ads" | "social" | "review" | "parcel" | "coupon" | "visit" | "other";

const WORDS: readonly [ChannelKind, RegExp][] = [
  ["email", /e-?mail|newsletter|e-?po[sš]ta|mejl/],
  ["parcel", /parcel|paczk|paket|locker|courier|kurier|dostav|delivery/],
  ["post", /\bpost\b|mail(ing|er)|letter|catalog|katalog|poczt|po[sš]t|list\b/],
  ["app", /app|mobil|ios|android/],
  ["chat", /chat|czat|messag|sms|whatsapp|viber/],
  ["phone", /phone|call|telefon|ivr|poziv/],
  ["service", /support|service|help|ticket|crm|obs[lł]ug|podr[sš]k/],
  ["search", /search|seo|google|wyszuk|tra[zž]il/],
  ["ads", /\bads?\b|advert|display|banner|paid|reklam|ogla[sš]/],
  ["social", /social|facebook|instagram|tiktok|forum|spo[lł]eczn|dru[sš]tven/],
  ["review", /review|survey|rating|ankiet|recenz|opini/],
  ["coupon", /coupon|kupon|voucher/],
  ["store", /store|shop|till|kiosk|sklep|du[cć]an|trgovin|prodavaonic/],
  ["desk", /desk|counter|branch|office|balie|oddzia|[sš]alter/],
  ["web", /web|site|internet|online|www|stron/],
  ["visit", /visit|zone|entrance/],
];

export function channelKind(channel: string | null): ChannelKind {
  const name = (channel ?? "").toLowerCase();
  return WORDS.find(([, words]) => words.test(name))?.[0] ?? "other";
}
