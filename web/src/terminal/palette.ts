import type { ITheme } from "@xterm/xterm";

/** The same as for a command's output in the transcript. */
const TOKENS = {
  black: "ink-faint",
  red: "bad",
  green: "good",
  yellow: "busy",
  blue: "ask",
  magenta: "code-keyword",
  cyan: "code-type",
  white: "ink",
};

/** The terminal's colours as the page's tokens have them now. */
export function palette(element: HTMLElement): ITheme {
  const probe = document.createElement("span");
  element.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const theme: Record<string, string> = {
    background: colour("canvas"),
    foreground: colour("ink"),
    cursor: colour("accent-ink"),
    cursorAccent: colour("canvas"),
    selectionBackground: colour("selected"),
  };
  for (const [name, token] of Object.entries(TOKENS)) {
    theme[name] = colour(token);
    theme[`bright${name[0]!.toUpperCase()}${name.slice(1)}`] = colour(token);
  }
  probe.remove();
  return theme;
}
