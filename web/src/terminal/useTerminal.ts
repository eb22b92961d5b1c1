import { useCallback, useEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import { listen } from "@/api/live/live";
import type { StreamState } from "@/api/live/protocol";
import { ApiError } from "@/api/http";
import type { TerminalState } from "@/api/types";
import { useTheme } from "@/app/theme";
import { texts } from "@/texts";
import { say } from "@/ui/Toast";
import { Keyboard } from "./keyboard";
import { Screen } from "./screen";
import type { Flow } from "./unsent";

/** Which task's terminal this tab wrote in, so that a reload goes on with it. */
const WRITES = "sesame.terminal";
const SETTLE = 120;

interface Props {
  taskId: string;
  /** Each has a stream of its own to follow: that of the one before has ended. */
  attempt: number;
  owner: string;
  element: RefObject<HTMLDivElement | null>;
  leave: () => void;
}

export interface Shown {
  state: TerminalState | undefined;
  stream: StreamState;
  /** Keys go to the shell. */
  writes: boolean;
  flow: Flow;
  /** Why they don't, in the server's words. */
  refusal: string | undefined;
}

/** The screen in the element, kept as the stream of the server has it, and written to while that is wanted. */
export function useTerminal({ taskId, attempt, owner, element, leave }: Props) {
  const [shown, setShown] = useState<Shown>({ state: undefined, stream: "connecting", writes: false, flow: "clear", refusal: undefined });
  const merge = useCallback((part: Partial<Shown>) => setShown((now) => ({ ...now, ...part })), []);
  const screen = useRef<Screen>(undefined);
  const keyboard = useRef<Keyboard>(undefined);
  const writes = useRef(false);
  const open = useRef(false);
  const latestLeave = useRef(leave);
  latestLeave.current = leave;

  const setWrites = useCallback(
    (on: boolean, refusal?: string) => {
      writes.current = on;
      if (on) sessionStorage.setItem(WRITES, taskId);
      else sessionStorage.removeItem(WRITES);
      if (screen.current) screen.current.writable = on;
      if (!on && keyboard.current?.waits) keyboard.current.clear();
      merge({ writes: on, refusal });
    },
    [taskId, merge],
  );
  const failed = useCallback(
    (failure: unknown) => setWrites(false, failure instanceof ApiError ? failure.message : texts.terminal.lost),
    [setWrites],
  );

  const write = useCallback(
    async (focus = true) => {
      const size = screen.current?.fill();
      if (!size || !keyboard.current) return;
      try {
        await keyboard.current.claim(size);
        setWrites(true);
        if (focus) screen.current?.focus();
      } catch (failure) {
        failed(failure);
      }
    },
    [setWrites, failed],
  );

  useEffect(() => {
    const made = new Screen(element.current!, {
      typed: (typed) => writes.current && keyboard.current?.type(typed),
      leave: () => latestLeave.current(),
    });
    screen.current = made;
    const keys = new Keyboard(taskId, { failed, flow: (flow) => merge({ flow }) });
    keyboard.current = keys;
    made.fill();
    let resumes = sessionStorage.getItem(WRITES) === taskId;
    let shell: number | undefined;
    const stop = listen<TerminalState | string>(
      `terminal:${taskId}`,
      owner,
      `api/tasks/${encodeURIComponent(taskId)}/terminal/stream`,
      -1,
      {
        events: (events) => {
          let state: TerminalState | undefined;
          for (const event of events) {
            if (typeof event === "string") made.write(Uint8Array.from(atob(event), (byte) => byte.charCodeAt(0)));
            else state = event;
          }
          if (!state) return;
          open.current = state.shell;
          merge({ state });
          if (!writes.current && state.shell) made.resize(state.rows, state.cols);
          const same = state.shell && (shell === undefined || shell === state.number);
          shell = state.shell ? state.number : undefined;
          if (same) keys.resume();
          else if (writes.current) {
            setWrites(false, keys.waits ? texts.terminal.shellGone : undefined);
            keys.clear(); // or it would go to another shell
          }
          if (resumes && state.shell) void write(false);
          resumes = false;
        },
        state: (stream) => {
          merge({ stream });
          if (stream !== "open") keys.hold();
          const ends = stream === "ended" || stream === "denied";
          if (ends && writes.current) setWrites(false, keys.waits ? texts.terminal.shellGone : undefined);
        },
        restart: () => made.reset(),
      },
    );
    return () => {
      stop();
      if (keys.waits) say.error(texts.terminal.leftWaiting);
      keys.leave();
      made.dispose();
      screen.current = undefined;
    };
  }, [taskId, attempt, owner, element, failed, merge, setWrites, write]);

  useSize(element, () => {
    // The size of a shell is its writer's.
    const size = writes.current || !open.current ? screen.current?.fill() : undefined;
    if (size && writes.current) keyboard.current?.resize(size);
  });
  useColours(() => screen.current?.recolour());

  const stop = useCallback(() => setWrites(false), [setWrites]);
  return { shown, write, stop, focus: () => screen.current?.focus() };
}

function useSize(element: RefObject<HTMLElement | null>, changed: () => void) {
  const latest = useRef(changed);
  latest.current = changed;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let first = true;
    const observer = new ResizeObserver(() => {
      if (!first) {
        clearTimeout(timer);
        timer = setTimeout(() => latest.current(), SETTLE);
      }
      first = false;
    });
    observer.observe(element.current!);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [element]);
}

function useColours(changed: () => void) {
  const theme = useTheme();
  const latest = useRef(changed);
  latest.current = changed;
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const tell = () => latest.current();
    tell();
    dark.addEventListener("change", tell);
    return () => dark.removeEventListener("change", tell);
  }, [theme]);
}
