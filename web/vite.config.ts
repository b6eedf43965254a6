import { brotliCompressSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { texts } from "./texts.ts";

/** Our components are in runes mode; those of packages say it themselves. */
const runes = ({ filename }: { filename: string }): boolean | undefined => (filename.includes("node_modules") ? undefined : true);

/** Every text beside itself in Brotli: a sixth smaller than gzip, and too slow to make while somebody waits. */
const packed: Plugin = {
  name: "packed",
  enforce: "post",
  apply: "build",
  generateBundle: {
    order: "post", // what the others left to be filled in stands by then
    handler(_, bundle) {
      for (const [fileName, made] of Object.entries(bundle)) {
        const source = made.type === "chunk" ? made.code : made.source;
        if (/\.(js|css|svg)$/.test(fileName)) this.emitFile({ type: "asset", fileName: `${fileName}.br`, source: brotliCompressSync(source) });
      }
    },
  },
};

export default defineConfig({
  plugins: [svelte({ configFile: false, compilerOptions: { runes } }), texts, packed],
  build: {
    outDir: "../src/desireline/web",
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    sourcemap: false,
    // What most screens need is one file: each file of a few lines costs its headers, and packs worse alone.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "common", minShareCount: 12 }] } } },
    license: { fileName: "licenses.md" },
    assetsInlineLimit: 0,
  },
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": process.env["DESIRELINE_API"] ?? "http://127.0.0.1:8765" } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
