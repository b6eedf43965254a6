import { expect, it } from "vitest";
import { spanSeconds } from "./spans";

it.each([
  ["30m", 1800],
  ["72h", 259_200],
  ["1.5d", 129_600],
  ["2w", 1_209_600],
  ["soon", null],
  [null, null],
])("%s has %s seconds", (span, seconds) => expect(spanSeconds(span)).toBe(seconds));
