import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./build/compressed.ts";

// Where `npm run dev` finds the API.
const server = process.env["SESAME_URL"] ?? "http://127.0.0.1:13531";

export default defineConfig({
  // Addresses in the built files are relative: under which path the server stands is known only when it runs.
  base: "./",
  plugins: [react(), tailwindcss(), compressed()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "../target/web/web",
    emptyOutDir: true,
    target: "es2023",
    // A file in the page as data: would be against the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  server: { proxy: { "/api": { target: server, changeOrigin: false } } },
  preview: { proxy: { "/api": { target: server, changeOrigin: false } } },
  test: { environment: "node", include: ["src/**/*.test.{ts,tsx}"] },
});
