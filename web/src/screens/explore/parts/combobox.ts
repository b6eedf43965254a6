/** Which options a search shows, best first: those that begin with it, then those that hold it. */

const plain = (text: string): string =>
  text.toLowerCase().replaceAll("ł", "l").replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

/** At most `limit` options that hold every word of `search`, in their own order but for those that begin with it. */
export function matching(options: readonly string[], search: string, limit = 60): string[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  const found = options.filter((option) => words.every((word) => plain(option).includes(word)));
  const start = plain(search.trim());
  const begins = (option: string): number => (start !== "" && plain(option).startsWith(start) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b)).slice(0, limit);
}

/** The option that an arrow key leads to, going round at the ends; -1 stands for none yet. */
export function stepped(at: number, key: string, count: number): number {
  if (count === 0) return -1;
  if (key === "ArrowDown") return (at + 1) % count;
  return at <= 0 ? count - 1 : at - 1;
}
