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
  /** The step that they came from, and the one that they did not reach. */
  from: string;
  next: string;
  /** Whether the next step may be skipped, so that nobody is lost here. */
  optional: boolean;
  /** Width of the stream after it. */
  width: number;
  /** Whether more people are lost here than between any other two steps. */
  largest: boolean;
}

/** The last step up to `index` that may not be skipped: whoever skips an optional one is not lost at it. */
function needed(steps: readonly FunnelStep[], index: number): FunnelStep | undefined {
  return steps.slice(0, index + 1).findLast((step, i) => i === 0 || !step.optional);
}

/** People lost on the way to each step; none on the way to one that may be skipped. */
function losses(steps: readonly FunnelStep[]): number[] {
  return steps.map((step, i) => (i === 0 || step.optional ? 0 : Math.max(0, (needed(steps, i - 1)?.people ?? 0) - step.people)));
}

export function funnelRows(steps: readonly FunnelStep[]): FunnelRow[] {
  const first = steps[0]?.people ?? 0;
  const width = (index: number) => (first ? (needed(steps, index)?.people ?? 0) / first : 0);
  const lost = losses(steps);
  const most = Math.max(0, ...lost);
  return steps.map((step, i) => {
    const next = steps[i + 1];
    const before = needed(steps, i);
    const people = lost[i + 1] ?? 0;
    const share = before?.people ? people / before.people : null;
    const largest = people > 0 && people === most && lost.indexOf(most) === i + 1 && steps.length > 2;
    const drop = next ? { cell: `dropped:${i + 2}`, people, share, from: before?.name ?? "", next: next.name, optional: next.optional, width: width(i + 1), largest } : null;
    return { ...step, place: i + 1, cell: `step:${i + 1}`, width: width(i), drop };
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
