import { ApiError, post, request } from "@/api/http";
import { Unsent, type Flow } from "./unsent";

const WRITER = "sesame.writer";
const FIRST_WAIT = 300;
const LONGEST_WAIT = 5_000;
/** After this an answer is late, and what is typed meanwhile waits for the connection. */
const LATE = 2_000;
/** After this it is not waited for any more, and the same is sent again. */
const PATIENCE = 10_000;
/** Nothing was refused: there is no way to the server now, or it begins, or has too much to do. */
const PASSING = [408, 429, 502, 503, 504];

/** Tells this tab apart from others of the same session, over reloads too. */
function writer(): string {
  const known = sessionStorage.getItem(WRITER);
  if (known) return known;
  const made = `tab-${random()}`;
  sessionStorage.setItem(WRITER, made);
  return made;
}

function random(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

interface Size {
  rows: number;
  cols: number;
}

interface Told {
  /** The server refused it; what was typed since is dropped, for the reader saw no effect of it. */
  failed: (failure: unknown) => void;
  flow: (flow: Flow) => void;
}

/**
 * Sends what is typed, in order and once: one request at a time, and all that was typed meanwhile in the next. What
 * can't be sent waits, and is tried again until it is refused or the keyboard is put away.
 */
export class Keyboard {
  private readonly path: string;
  // A tab that is duplicated takes the writer's name along, but makes a queue of its own.
  private readonly unsent = new Unsent(random());
  private size: Size | undefined;
  private busy = false;
  private held = false;
  private left = false;
  private flow: Flow = "clear";
  private wait = FIRST_WAIT;
  private wake: (() => void) | undefined;

  constructor(
    taskId: string,
    private readonly told: Told,
  ) {
    this.path = `api/tasks/${encodeURIComponent(taskId)}/terminal`;
  }

  /** Something that was typed waits for the connection. */
  get waits(): boolean {
    return this.flow === "waiting" || this.flow === "full";
  }

  type(keys: string) {
    this.unsent.add(keys);
    this.tell();
    void this.send();
  }

  /** Opens the shell if there is none, and begins to write in it, or throws. */
  async claim(size: Size): Promise<void> {
    await post(`${this.path}/resize`, { ...size, writer: writer() });
    this.resume();
  }

  /** Sizes the shell as soon as there is a connection. */
  resize(size: Size) {
    this.size = size;
    void this.send();
  }

  /** The connection is lost: whether the shell that this is meant for is still there will be known when it is back. */
  hold() {
    this.held = true;
    this.tell(false);
  }

  /** The connection is back, and the shell is open. */
  resume() {
    this.held = false;
    this.wait = FIRST_WAIT;
    this.tell(true);
    this.wake?.();
    void this.send();
  }

  /** Forgets what has not arrived. */
  clear() {
    this.unsent.clear();
    this.size = undefined;
    this.tell();
    this.wake?.();
  }

  /** Nobody types any more: what is on its way still goes out, unless the connection is lost. */
  leave() {
    this.left = true;
    if (this.waits) this.clear();
  }

  private async send() {
    if (this.busy) return;
    this.busy = true;
    while (!this.held && (this.size || this.unsent.next())) {
      try {
        await this.sendNext();
        this.wait = FIRST_WAIT;
        this.tell(!this.held);
      } catch (failure) {
        const refused = failure instanceof ApiError && !PASSING.includes(failure.status);
        if (refused || this.left) {
          this.clear();
          this.told.failed(failure);
        } else {
          this.tell(false);
          await this.pause();
        }
      }
    }
    this.busy = false;
  }

  private async sendNext() {
    const { size } = this;
    if (size) {
      await this.call("resize", { ...size, writer: writer() }, {});
      if (this.size === size) this.size = undefined;
      return;
    }
    const batch = this.unsent.next()!;
    await this.call("input", { data: batch.data, writer: writer() }, { "Idempotency-Key": batch.key });
    this.unsent.taken(batch);
  }

  private async call(what: string, body: object, headers: Record<string, string>) {
    const late = setTimeout(() => this.tell(false), LATE);
    try {
      await request(`${this.path}/${what}`, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) });
    } finally {
      clearTimeout(late);
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.wait * (0.5 + Math.random()));
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** @param connected whether there is a connection, as far as was seen just now */
  private tell(connected?: boolean) {
    if (connected !== undefined) this.unsent.connected = connected;
    const { flow } = this.unsent;
    if (flow === this.flow) return;
    this.flow = flow;
    this.told.flow(flow);
  }
}
