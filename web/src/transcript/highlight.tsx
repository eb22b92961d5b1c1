import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { common, createLowlight } from "lowlight";
import type { ReactNode } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";

const lowlight = createLowlight(common);
lowlight.registerAlias({ typescript: ["tsx", "mts", "cts"], javascript: ["jsx", "mjs", "cjs"], bash: ["sh", "zsh", "console"] });

const BY_ENDING: Record<string, string> = {
  c: "c", h: "c", cc: "cpp", cpp: "cpp", hpp: "cpp", cs: "csharp", css: "css", diff: "diff", go: "go", graphql: "graphql",
  html: "xml", svg: "xml", xml: "xml", vue: "xml", java: "java", js: "javascript", jsx: "javascript", mjs: "javascript",
  json: "json", kt: "kotlin", less: "less", lua: "lua", md: "markdown", php: "php", pl: "perl", py: "python", r: "r",
  rb: "ruby", rs: "rust", scss: "scss", sh: "bash", sql: "sql", swift: "swift", toml: "ini", ini: "ini", ts: "typescript",
  tsx: "typescript", yaml: "yaml", yml: "yaml", makefile: "makefile",
};

/** The language of a file by its name. */
export function languageOf(path: string): string | undefined {
  return BY_ENDING[(path.split("/").pop() ?? "").toLowerCase().split(".").pop() ?? ""];
}

export function highlight(source: string, language: string): ReactNode {
  if (!lowlight.registered(language)) return source;
  return toJsxRuntime(lowlight.highlight(language, source), { Fragment, jsx, jsxs });
}
