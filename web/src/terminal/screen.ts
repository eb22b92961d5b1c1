import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import { texts } from "@/texts";
import { palette } from "./palette";
import { withOwnStyles } from "./styles";

/** The key that leaves the terminal: Tab and Escape belong to the programs in it. */
export const LEAVE = "F6";

interface Wishes {
  typed: (keys: string) => void;
  leave: () => void;
}

/** An xterm.js in an element, in the page's colours. */
export class Screen {
  private readonly terminal: Terminal;
  private readonly fit = new FitAddon();

  constructor(
    private readonly element: HTMLElement,
    { typed, leave }: Wishes,
  ) {
    this.terminal = new Terminal({
      fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
      fontSize: 13,
      lineHeight: 1.2,
      scrollback: 10_000,
      disableStdin: true,
      cursorInactiveStyle: "outline",
      minimumContrastRatio: 4.5,
      screenReaderMode: true,
      theme: palette(element),
      linkHandler: { activate: (_, address) => open(address) },
    });
    this.terminal.loadAddon(this.fit);
    withOwnStyles(() => this.terminal.open(element));
    this.terminal.textarea?.setAttribute("aria-label", texts.terminal.inputLabel);
    this.terminal.onData(typed);
    this.terminal.attachCustomKeyEventHandler((event) => {
      if (event.key !== LEAVE) return true;
      if (event.type === "keydown") {
        event.preventDefault();
        leave();
      }
      return false;
    });
  }

  write(bytes: Uint8Array) {
    this.terminal.write(bytes);
  }

  reset() {
    this.terminal.reset();
  }

  set writable(writable: boolean) {
    this.terminal.options.disableStdin = !writable;
    this.terminal.options.cursorBlink = writable && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  focus() {
    this.terminal.focus();
  }

  recolour() {
    this.terminal.options.theme = palette(this.element);
  }

  /** Takes the size of a shell that is not sized from here. */
  resize(rows: number, cols: number) {
    this.terminal.resize(cols, rows);
  }

  /** Takes the size of its element, and says it. */
  fill(): { rows: number; cols: number } {
    this.fit.fit();
    const { rows, cols } = this.terminal;
    return { rows, cols };
  }

  dispose() {
    this.terminal.dispose();
  }
}

function open(address: string) {
  if (/^https?:/.test(address)) window.open(address, "_blank", "noopener,noreferrer");
}
