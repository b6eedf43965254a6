import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

/** Our components are in runes mode; those of packages say it themselves. */
const runes = ({ filename }: { filename: string }): boolean | undefined => (filename.includes("node_modules") ? undefined : true);

export default defineConfig({
  plugins: [svelte({ configFile: false, compilerOptions: { runes } })],
  build: {
    outDir: "../src/desireline/web",
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    sourcemap: false,
    license: { fileName: "licenses.md" },
    assetsInlineLimit: 0,
  },
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": process.env["DESIRELINE_API"] ?? "http://127.0.0.1:8765" } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
