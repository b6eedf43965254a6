/** A figure over time in the room of a word: a line that breaks where nothing was counted. */

export interface Sparkline {
  /** One path per unbroken run of at least two values. */
  lines: string[];
  /** Values without neighbours. */
  dots: [number, number][];
  /** The newest value, if it is known. */
  end: [number, number] | null;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Scaled from the least value to the greatest; equal values run along the middle. */
export function sparkline(values: readonly (number | null)[], width: number, height: number, pad = 2): Sparkline {
  const known = values.filter((v): v is number => v !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const y = (value: number): number =>
    round(high > low ? pad + ((high - value) / (high - low)) * (height - 2 * pad) : height / 2);
  const x = (i: number): number => round(values.length > 1 ? pad + (i / (values.length - 1)) * (width - 2 * pad) : width / 2);

  const runs: [number, number][][] = [];
  values.forEach((value, i) => {
    if (value === null) return;
    if (i === 0 || values[i - 1] == null) runs.push([]);
    runs.at(-1)?.push([x(i), y(value)]);
  });
  return {
    lines: runs.filter((run) => run.length > 1).map((run) => `M${run.map((p) => p.join(" ")).join("L")}`),
    dots: runs.filter((run) => run.length === 1).flat(),
    end: values.at(-1) == null ? null : (runs.at(-1)?.at(-1) ?? null),
  };
}
