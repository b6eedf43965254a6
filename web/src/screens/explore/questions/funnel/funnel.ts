/** A funnel's answer as rows of an editorial picture: a stream as wide as its people, and what is lost between. */

import type { FunnelStep } from "../../../../core/types";

export interface FunnelRow extends FunnelStep {
  place: number;
  cell: string;
  /** Width of the stream here, 0..1 of the first step. */
  width: number;
  /** What happens between this step and the next; null after the last. */
  drop: Drop | null;
}

export interface Drop {
  cell: string;
  people: number;
  /** Of those who reached the step before; null if nobody did. */
  share: number | null;
  next: string;
  /** Width of the stream after it. */
  width: number;
  /** Whether more people are lost here than between any other two steps. */
  largest: boolean;
}

export function funnelRows(steps: readonly FunnelStep[]): FunnelRow[] {
  const first = steps[0]?.people ?? 0;
  const width = (people: number) => (first ? people / first : 0);
  const lost = steps.slice(1).map((step, i) => (steps[i]?.people ?? 0) - step.people);
  const most = Math.max(0, ...lost);
  return steps.map((step, i) => {
    const next = steps[i + 1];
    const people = lost[i] ?? 0;
    const share = step.people ? people / step.people : null;
    const largest = people > 0 && people === most && lost.indexOf(most) === i && steps.length > 2;
    const drop = next ? { cell: `dropped:${i + 2}`, people, share, next: next.name, width: width(next.people), largest } : null;
    return { ...step, place: i + 1, cell: `step:${i + 1}`, width: width(step.people), drop };
  });
}

/** Left-aligned stream that narrows from `before` to `after` over a height of 100; widths in 0..100. */
export function narrowing(before: number, after: number): string {
  return `M0,0H${before}C${before},50 ${after},50 ${after},100H0Z`;
}

/** Those who leave: a veil that opens between the narrowing stream and the way it had, to be faded out downwards. */
export function leaving(before: number, after: number, right: number): string {
  const far = Math.min(right, before + 4 + (before - after) * 0.2);
  const near = after + 1.5;
  return `M${before},0C${before},45 ${far},50 ${far},100H${near}C${near},50 ${before},50 ${before},0Z`;
}
