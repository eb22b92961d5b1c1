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
  // A probe for each: the colour of one that is changed may be in transition.
  const colour = (token: string) => {
    const probe = document.createElement("span");
    probe.style.color = `var(--${token})`;
    element.append(probe);
    const seen = getComputedStyle(probe).color;
    probe.remove();
    return seen;
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
  return theme;
}
