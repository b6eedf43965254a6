/** Numbers, shares, dates and spans of time as a language writes them. */

import { tag, type Locale } from "./i18n";

export interface Formats {
  /** A whole number with grouped digits. */
  number(value: number): string;
  /** A number with at most `digits` decimals. */
  decimal(value: number, digits?: number): string;
  /** A number with exactly `digits` decimals; with `sign`, + stands before what is more than zero. */
  fixed(value: number, digits: number, sign?: boolean): string;
  /** A share of 0..1; no more digits than `n` observations allow. */
  percent(share: number, n?: number): string;
  /** A share of 0..1 as a percentage with at most `digits` decimals; never all or nothing if it is not. */
  share(share: number, digits: number): string;
  /** An amount of money; without a currency, a number with two decimals. */
  money(value: number, currency?: string | null): string;
  /** A calendar day. */
  date(iso: string): string;
  /** A calendar day without its year. */
  day(iso: string): string;
  /** A calendar month with its year. */
  month(iso: string): string;
  /** A calendar day with its weekday, for separators. */
  longDate(iso: string): string;
  /** A moment: day, hour and minute. */
  moment(iso: string): string;
  /** Hour and minute, with seconds. */
  time(iso: string): string;
  /** A span in the largest unit that fits, e.g. "2.1 d"; no decimal that is finer than `known` seconds. */
  duration(seconds: number, known?: number): string;
  /** How long before now, e.g. "3 days ago". */
  ago(iso: string, now?: Date): string;
  /** Bytes in kB or MB. */
  bytes(value: number): string;
  /** Names joined as a list of the language. */
  list(items: readonly string[]): string;
}

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_556_952],
  ["month", 2_629_746],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** Decimals of a percentage: one near its ends if at least a thousand observations support it, else none. */
export const percentDigits = (share: number, n?: number): number =>
  (n === undefined || n >= 1000) && ((share > 0 && share < 0.1) || (share > 0.9 && share < 1)) ? 1 : 0;

/** The formats of a locale. Days and times are shown in UTC, as the server counts them. */
export function formats(locale: Locale): Formats {
  const l = tag(locale);
  const cache = new Map<string, Intl.NumberFormat>();
  const numeric = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    const known = cache.get(key) ?? new Intl.NumberFormat(l, { useGrouping: true, signDisplay: "negative", ...options });
    cache.set(key, known);
    return known;
  };
  const when = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(l, { timeZone: "UTC", ...options });
    return (iso: string) => format.format(new Date(iso));
  };
  const clock = { hour: "2-digit", minute: "2-digit", hour12: false } as const;
  const relative = new Intl.RelativeTimeFormat(l, { numeric: "auto" });
  const share = (value: number, digits: number): string => {
    const percent = numeric({ style: "percent", maximumFractionDigits: digits });
    const finest = 0.01 / 10 ** digits;
    if (value > 0 && value < finest / 2) return `<${percent.format(finest)}`;
    if (value < 1 && value > 1 - finest / 2) return `>${percent.format(1 - finest)}`;
    return percent.format(value);
  };
  const unit = (value: number, name: string, digits: number) =>
    numeric({ style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: digits }).format(value);
  return {
    number: (value) => numeric({ maximumFractionDigits: 0 }).format(value),
    decimal: (value, digits = 1) => numeric({ maximumFractionDigits: digits }).format(value),
    fixed: (value, digits, sign = false) =>
      numeric({ minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: sign ? "exceptZero" : "negative" })
        .format(value)
        .replace("-", "\u2212"),
    percent: (value, n) => share(value, percentDigits(value, n)),
    share,
    money: (value, currency) =>
      currency ? numeric({ style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(value)
        : numeric({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value),
    date: when({ day: "numeric", month: "short", year: "numeric" }),
    day: when({ day: "numeric", month: "short" }),
    month: when({ month: "short", year: "numeric" }),
    longDate: when({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    moment: when({ day: "numeric", month: "short", year: "numeric", ...clock }),
    time: when({ ...clock, second: "2-digit" }),
    duration: (seconds, known = 0) => span(seconds, known, unit),
    ago: (iso, now = new Date()) => {
      const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
      const [name, size] = UNITS.find(([, s]) => Math.abs(seconds) >= s) ?? ["minute", 60];
      return relative.format(Math.round(seconds / size), name);
    },
    bytes: (value) => (value < 1_000_000 ? unit(value / 1000, "kilobyte", 0) : unit(value / 1_000_000, "megabyte", 1)),
    list: (items) => new Intl.ListFormat(l, { type: "conjunction" }).format(items),
  };
}

function span(seconds: number, known: number, unit: (value: number, name: string, digits: number) => string): string {
  const as = (size: number, name: string, below = 10) => {
    const value = seconds / size;
    return unit(value, name, value < below && known < size ? 1 : 0);
  };
  if (seconds < 1 && seconds > 0) return `<${unit(1, "second", 0)}`;
  if (seconds < 60) return as(1, "second");
  if (seconds < 3600) return as(60, "minute");
  if (seconds < 2 * 86_400) return as(3600, "hour");
  if (seconds < 730 * 86_400) return as(86_400, "day");
  return as(31_556_952, "year", Infinity);
}
