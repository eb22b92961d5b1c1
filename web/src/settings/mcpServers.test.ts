import { expect, test } from "vitest";
import { body } from "./mcpServers";

const typed = { name: " docs ", transport: "stdio", command: "npx", args: "-y\n\n@a/b", url: "", secrets: "", enabled: true } as const;

test("a command has an argument and a variable for each line", () => {
  expect(body({ ...typed, secrets: "TOKEN=a=b\nEMPTY" })).toEqual({
    name: "docs",
    enabled: true,
    command: "npx",
    args: ["-y", "@a/b"],
    env: { TOKEN: "a=b", EMPTY: "" },
  });
});

test("a web address has a header for each line", () => {
  expect(body({ ...typed, transport: "http", url: "https://a/mcp", secrets: "Authorization: Bearer x:y" })).toEqual({
    name: "docs",
    enabled: true,
    url: "https://a/mcp",
    headers: { Authorization: "Bearer x:y" },
  });
});
