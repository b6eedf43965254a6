/** The catalogues cut into parts when the front end is built, so that a screen loads its own texts and no others'. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { LANGUAGES, partOf, PARTS } from "./src/core/parts.ts";

const NAME = "virtual:texts";

export const texts: Plugin = {
  name: "texts",
  resolveId: (id) => (id.startsWith(NAME) ? `\0${id}` : undefined),
  load(id) {
    if (id === `\0${NAME}`) {
      const lines = LANGUAGES.flatMap((language) => ["shared", ...PARTS].map((part) => `${JSON.stringify(`${language}/${part}`)}: () => import("${NAME}/${language}/${part}")`));
      return `export default {${lines.join(",\n")}}`;
    }
    if (!id.startsWith(`\0${NAME}/`)) return undefined;
    const [language = "", part = ""] = id.slice(NAME.length + 2).split("/");
    const file = fileURLToPath(new URL(`src/i18n/${language}.json`, import.meta.url));
    this.addWatchFile(file);
    const all = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const own = Object.fromEntries(Object.entries(all).filter(([key]) => partOf(key) === part));
    return `export default JSON.parse(${JSON.stringify(JSON.stringify(own))})`;
  },
};
