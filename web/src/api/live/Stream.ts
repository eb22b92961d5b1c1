import { createParser } from "eventsource-parser";
import type { Port, StreamState } from "./protocol";

const FIRST_WAIT = 300;
const LONGEST_WAIT = 5000;
/** The server pings every 30 s; twice that silent is dead, as after a laptop's sleep. */
const SILENCE = 70_000;

/** One connection to one stream of the server, taken up again for ever at the very event where it broke. */
export class Stream {
  readonly readers: Port[] = [];
  chars = 0;
  private readonly ids: number[] = [];
  private readonly data: string[] = [];
  private last = -1;
  private state: StreamState = "paused";
  private status: number | undefined;
  private connection: AbortController | undefined;
  private wait = FIRST_WAIT;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly name: string,
    private readonly path: string,
    readonly owner: string,
  ) {}

  /** The changes of all tasks: never paused, and its past is not kept. */
  get essential(): boolean {
    return this.name === "tasks";
  }

  join(port: Port, after: number) {
    if (!this.readers.includes(port)) this.readers.push(port);
    // What has no id of its own has that of the event before it, or none.
    const from = after < 0 ? Math.min(0, this.ids.length - 1) : this.ids.findIndex((id) => id > after);
    if (from >= 0) port.send(this.batch(this.data.slice(from)));
    port.send(this.report());
    // A task that was over may have been taken up again.
    if (this.state === "ended" || this.state === "denied") this.state = "paused";
  }

  leave(port: Port) {
    const index = this.readers.indexOf(port);
    if (index >= 0) this.readers.splice(index, 1);
  }

  open() {
    if (this.state !== "paused") return;
    this.say("connecting");
    void this.connect();
  }

  pause() {
    if (this.state === "paused" || this.state === "ended" || this.state === "denied") return;
    this.close();
    this.say("paused");
  }

  close() {
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    this.connection?.abort();
    this.connection = undefined;
    this.state = "paused";
  }

  private async connect() {
    const connection = new AbortController();
    this.connection = connection;
    try {
      const headers: Record<string, string> = { Accept: "text/event-stream" };
      if (this.last >= 0) headers["Last-Event-ID"] = String(this.last);
      this.listen();
      const response = await fetch(this.path, { headers, signal: connection.signal, cache: "no-store" });
      if (this.connection !== connection) return;
      if (response.status === 200 && response.body) await this.read(response.body, connection);
      else if (response.status === 204) this.say("ended");
      else this.refused(response.status);
    } catch {
      if (this.connection === connection) this.again();
    } finally {
      if (this.connection === connection) clearTimeout(this.silence);
    }
  }

  private async read(body: ReadableStream<Uint8Array>, connection: AbortController) {
    this.wait = FIRST_WAIT;
    this.say("open");
    let fresh: string[] = [];
    const parser = createParser({
      onEvent: ({ id, event, data }) => {
        if (event === "ping") return;
        this.last = id === undefined ? this.last : Number(id);
        // A terminal's bytes are in base64; all else is JSON already.
        const json = event === "output" ? `"${data}"` : data;
        fresh.push(json);
        if (this.essential) return;
        this.ids.push(this.last);
        this.data.push(json);
        this.chars += json.length;
      },
    });
    const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      this.listen();
      parser.feed(part.value);
      if (fresh.length === 0) continue;
      const message = this.batch(fresh);
      this.readers.forEach((port) => port.send(message));
      fresh = [];
    }
    // A clean end says that all was sent: asking once more tells whether the task is over (204) or the server stopped.
    if (this.connection === connection) this.reconnect(FIRST_WAIT);
  }

  private refused(status: number) {
    if (status === 400 && this.last >= 0) {
      // Beyond the end of the log: it is not the log that we know.
      this.last = -1;
      this.ids.length = 0;
      this.data.length = 0;
      this.readers.forEach((port) => port.send({ type: "restart", stream: this.name }));
      this.again();
    } else if (status >= 400 && status < 500 && status !== 429 && status !== 408) {
      this.status = status;
      this.say("denied");
    } else {
      this.again();
    }
  }

  private again() {
    this.say("reconnecting");
    this.reconnect(this.wait * (0.5 + Math.random()));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  private reconnect(wait: number) {
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    this.retry = setTimeout(() => void this.connect(), wait);
  }

  private listen() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.connection?.abort();
      this.connection = undefined;
      this.again();
    }, SILENCE);
  }

  private batch(data: string[]) {
    return { type: "events", stream: this.name, json: `[${data.join(",")}]`, last: this.last } as const;
  }

  private report() {
    const message = { type: "state", stream: this.name, state: this.state } as const;
    return this.status === undefined ? message : { ...message, status: this.status };
  }

  private say(state: StreamState) {
    if (this.state === state) return;
    this.state = state;
    const message = this.report();
    this.readers.forEach((port) => port.send(message));
  }
}
