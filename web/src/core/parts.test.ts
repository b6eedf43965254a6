import { readdirSync, readFileSync, existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { partOf, PARTS, PARTS_OF } from "./parts";
import { SCREENS } from "./router";

const SRC = resolve(import.meta.dirname, "..");
const USED = new RegExp(`["'\`]((?:${PARTS.join("|")})\\.[a-z_.]+)`, "g");

/** The file that an import names, as the bundler finds it. */
function found(from: string, name: string): string | undefined {
  const path = resolve(dirname(from), name);
  return [path, `${path}.ts`, `${path}.svelte.ts`, join(path, "index.ts")].find((file) => existsSync(file) && statSync(file).isFile());
}

const within = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)).filter((file) => /(?<!\.test)\.(ts|svelte)$/.test(file));

/** What a file may load, itself included; files that are found by pattern lie around the pattern's folder. */
function reached(start: string, seen = new Set<string>(), text = readFileSync(start, "utf8")): Set<string> {
  seen.add(start);
  const named = [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map((match) => found(start, match[1] ?? ""));
  const globbed = start.endsWith("App.svelte") ? [] : [...text.matchAll(/import\.meta\.glob[^(]*\("([^"*{]+)/g)].flatMap((match) => within(resolve(dirname(start), match[1] ?? "")));
  for (const file of [...named, ...globbed]) if (file !== undefined && !seen.has(file) && !file.endsWith(".json")) reached(file, seen);
  return seen;
}

/** The parts whose keys stand in what a file may load, each with one file that says so; and those that are loaded on the way. */
function needed(start: string): { says: Record<string, string>; onTheWay: Set<string> } {
  const says: Record<string, string> = {};
  const texts = [...reached(start)].map((file) => [file.slice(SRC.length), readFileSync(file, "utf8")] as const);
  for (const [file, text] of texts) for (const match of text.matchAll(USED)) says[partOf(match[1] ?? "")] ??= `${file}: ${match[1]}`;
  delete says["shared"];
  return { says, onTheWay: new Set(texts.flatMap(([, text]) => [...text.matchAll(/i18n\.need\(\["([a-z]+)"\]\)/g)].map((match) => match[1] ?? ""))) };
}

describe("texts are there when they are said", () => {
  it("of the frame, in what is loaded at once", () => expect(needed(join(SRC, "App.svelte")).says).toEqual({}));

  it.each(SCREENS)("of %s, in the parts that it loads", (screen) => {
    const declared: readonly string[] = PARTS_OF[screen] ?? [];
    const { says, onTheWay } = needed(join(SRC, `screens/${screen}/Screen.svelte`));
    expect(Object.fromEntries(Object.entries(says).filter(([part]) => !declared.includes(part) && !onTheWay.has(part)))).toEqual({});
    expect(declared.filter((part) => !(part in says))).toEqual([]);
  });
});
