import { expect, test } from "vitest";
import { safeLink, visible } from "./safe";
import { terminalPieces } from "./terminal";

const plain = (output: string) =>
  terminalPieces(output)
    .map((piece) => piece.text)
    .join("");

test("colours become class names and nothing else", () => {
  expect(terminalPieces("a \u001b[1;31mred\u001b[0m b")).toEqual([
    { text: "a ", className: "" },
    { text: "red", className: "ansi-bold ansi-red" },
    { text: " b", className: "" },
  ]);
});

test("a line that was written over shows its last state", () => {
  expect(plain("10%\r50%\r100%\ndone\r\n")).toBe("100%\ndone\n");
  expect(plain("abc\b\bX")).toBe("aX");
});

test("titles, links, cursor moves and clipboard writes are gone", () => {
  expect(plain("\u001b]0;title\u0007a\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\\u001b[2J\u001b[10;5Hb\u001b]52;c;ZXZpbA==\u0007")).toBe("alinkb");
});

test("markup stays text", () => {
  expect(plain("<img src=x onerror=alert(1)>")).toBe("<img src=x onerror=alert(1)>");
});

test("characters that turn text around are shown", () => {
  expect(visible("a\u202eb")).toBe("a‹U+202E›b");
  expect(visible("tab\tand\nline")).toBe("tab\tand\nline");
});

test("only addresses of the web are links", () => {
  expect(safeLink("https://example.com")).toBe("https://example.com");
  expect(safeLink("javascript:alert(1)")).toBeUndefined();
  expect(safeLink(" data:text/html,x")).toBeUndefined();
  expect(safeLink("/etc/passwd")).toBeUndefined();
});
