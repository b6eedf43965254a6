import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { TONGUES } from "./draft";

const read = (path: string) => JSON.parse(readFileSync(resolve(import.meta.dirname, path), "utf8")) as Record<string, unknown>;

it.each(TONGUES)("says in %s what the hosted page says", (tongue) => {
  const [ours, hosted] = [read(`../../../i18n/${tongue}.json`), read(`../../../../../src/desireline/locales/${tongue}.json`)];
  const keys = Object.keys(ours).filter((key) => key.startsWith("voice.preview."));
  expect(keys.length).toBe(11);
  for (const key of keys) expect(ours[key]).toBe(hosted[key.replace("voice.preview.", "form.")]);
});
