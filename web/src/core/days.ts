/** Calendar days of moments. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day, `2026-11-21`, that a moment falls on in an IANA zone. */
export function localDay(time: string, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(new Date(time)).map((p) => [p.type, p.value]));
  return `${parts["year"]}-${parts["month"]}-${parts["day"]}`;
}
