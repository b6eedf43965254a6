/** How often people are there in a period, from the counts by number of days. */

interface Bar {
  days: number;
  people: number;
}

const total = (bars: readonly Bar[]): number => bars.reduce((sum, bar) => sum + bar.people, 0);

/** The share of those who are there on `days` days or more. */
export function atLeast(bars: readonly Bar[], days: number): number {
  const people = total(bars);
  return people === 0 ? 0 : total(bars.filter((bar) => bar.days >= days)) / people;
}

/** The bars up to the last that anybody is in. */
export const met = <B extends Bar>(bars: readonly B[]): B[] => bars.slice(0, bars.findLastIndex((bar) => bar.people > 0) + 1);
