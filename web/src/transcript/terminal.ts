import Anser from "anser";
import { visible } from "./safe";

export interface Piece {
  text: string;
  className: string;
}

const ESCAPE = "\u001b";
// Operating system commands (titles, links, clipboard), device strings, and every sequence but colours.
const NO_COLOUR = new RegExp(
  `${ESCAPE}\\][^\\u0007${ESCAPE}]*(?:\\u0007|${ESCAPE}\\\\)|${ESCAPE}[P^_X][^${ESCAPE}]*${ESCAPE}\\\\|` +
    `${ESCAPE}\\[[0-9;?=>!]*[ -/]*[@-ln-~]|${ESCAPE}[()#][A-Z0-9]|${ESCAPE}[^\\[\\]]|\\u0007`,
  "g",
);

/** What a terminal leaves on its screen of a line that was written over again and again. */
function overwritten(line: string): string {
  const parts = line.replace(/\r+$/, "").split("\r");
  return parts.at(-1) ?? "";
}

function backspaced(line: string): string {
  let text = line;
  while (/[^\u0008]\u0008/.test(text)) text = text.replace(/[^\u0008]\u0008/g, "");
  return text.replaceAll("\u0008", "");
}

/** Terminal output as pieces of plain text with class names. Nothing of it is ever markup. */
export function terminalPieces(output: string): Piece[] {
  const text = output
    .replace(NO_COLOUR, "")
    .split("\n")
    .map((line) => (/[\r\u0008]/.test(line) ? backspaced(overwritten(line)) : line))
    .join("\n");
  return Anser.ansiToJson(text, { json: true, remove_empty: true, use_classes: true }).map((chunk) => ({
    text: visible(chunk.content),
    className: classes(chunk.fg, chunk.decorations),
  }));
}

function classes(colour: string | null, decorations: readonly string[]): string {
  const names = decorations.filter((name) => name === "bold" || name === "underline" || name === "italic" || name === "dim");
  // Names of the sixteen colours only; others stay as the text is.
  if (colour && /^ansi-(bright-)?[a-z]+$/.test(colour)) names.push(colour.replace("bright-", "") as never);
  return names.map((name) => (name.startsWith("ansi-") ? name : `ansi-${name}`)).join(" ");
}
