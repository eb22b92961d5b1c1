import { useEffect, useSyncExternalStore } from "react";
import { listen } from "@/api/live/live";
import type { StreamState } from "@/api/live/protocol";
import type { UniversalEvent } from "@/api/types";
import { fold } from "./fold";
import { EMPTY, type Transcript } from "./model";

export interface View {
  transcript: Transcript;
  stream: StreamState;
  status: number | undefined;
}

/** A task's events as they come, folded once for each frame that the screen shows. */
class TranscriptStore {
  private view: View = { transcript: EMPTY, stream: "connecting", status: undefined };
  private waiting: UniversalEvent[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly watchers = new Set<() => void>();
  private stop: (() => void) | undefined;

  constructor(
    private readonly taskId: string,
    private readonly owner: string,
  ) {}

  readonly get = () => this.view;

  readonly subscribe = (watcher: () => void) => {
    this.watchers.add(watcher);
    this.stop ??= this.start();
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size > 0) return;
      this.stop?.();
      this.stop = undefined;
    };
  };

  /** The task goes on after it had ended. */
  resume() {
    if (!this.stop || (this.view.stream !== "ended" && this.view.stream !== "denied")) return;
    this.stop();
    this.stop = this.start();
  }

  private start() {
    const { taskId, owner } = this;
    this.flush();
    return listen<UniversalEvent>(
      `task:${taskId}`,
      owner,
      `api/tasks/${encodeURIComponent(taskId)}/stream?fullText=last`,
      this.view.transcript.lastSeq,
      {
        events: (events) => {
          this.waiting = this.waiting.length === 0 ? events : this.waiting.concat(events);
          // A hidden page gets no frames.
          this.timer ??= setTimeout(() => this.flush(), document.hidden ? 250 : 24);
        },
        state: (stream, status) => {
          if (stream === "ended") this.flush();
          this.set({ ...this.view, stream, status });
        },
        restart: () => {
          this.waiting = [];
          this.set({ ...this.view, transcript: EMPTY });
        },
      },
    );
  }

  private flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    const transcript = fold(this.view.transcript, this.waiting);
    this.waiting = [];
    this.set({ ...this.view, transcript });
  }

  private set(view: View) {
    this.view = view;
    this.watchers.forEach((watcher) => watcher());
  }
}

/** The last tasks that were looked at; going back to one of them shows it at once. */
const KEPT = 6;
const stores = new Map<string, TranscriptStore>();

function store(taskId: string, owner: string): TranscriptStore {
  const key = `${owner} ${taskId}`;
  const known = stores.get(key) ?? new TranscriptStore(taskId, owner);
  stores.delete(key);
  stores.set(key, known);
  const oldest = stores.keys().next().value;
  if (stores.size > KEPT && oldest !== undefined) stores.delete(oldest);
  return known;
}

/** @param over whether the task is at an end; when it no longer is, the stream is taken up again */
export function useTranscript(taskId: string, owner: string, over: boolean): View {
  const transcript = store(taskId, owner);
  useEffect(() => {
    if (!over) transcript.resume();
  }, [transcript, over]);
  return useSyncExternalStore(transcript.subscribe, transcript.get);
}
