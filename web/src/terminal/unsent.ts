const LONGEST = 16_000;
/** So much may wait for a connection that is lost: more than anybody types blindly. */
export const MOST_WAITING = 4_096;

/** How it stands with what is typed. */
export type Flow =
  | "clear"
  /** The connection is lost; what is typed waits for it. */
  | "waiting"
  /** So much waits that what is typed now is dropped. */
  | "full"
  /** The connection is back, and not all that was typed had waited for it. */
  | "dropped";

/** What goes out in one request, and is sent again as it is until it is known to have arrived. */
export interface Batch {
  data: string;
  key: string;
}

/**
 * What was typed and is not known to have arrived, in order. While the connection is lost it is bounded. Once
 * something was dropped, so is all that is typed after it, until the rest has gone out: what arrives has no gap.
 */
export class Unsent {
  private text = "";
  private batch: Batch | undefined;
  private lost = false;
  private dropped = false;
  private batches = 0;

  /** @param name of this queue and no other; the server types once what it gets under the same key */
  constructor(private readonly name: string) {}

  add(keys: string) {
    if (this.empty) this.dropped = false;
    if (this.lost && this.text.length + keys.length > MOST_WAITING) this.dropped = true;
    if (!this.dropped) this.text += keys;
  }

  /** What is to be sent now. */
  next(): Batch | undefined {
    if (!this.batch && this.text !== "") {
      const data = cut(this.text);
      this.text = this.text.slice(data.length);
      this.batch = { data, key: `${this.name}-${++this.batches}` };
    }
    return this.batch;
  }

  /** This has arrived; it may have been given up meanwhile. */
  taken(batch: Batch) {
    if (this.batch === batch) this.batch = undefined;
  }

  set connected(connected: boolean) {
    this.lost = !connected;
  }

  clear() {
    this.text = "";
    this.batch = undefined;
    this.dropped = false;
  }

  get empty(): boolean {
    return !this.batch && this.text === "";
  }

  get flow(): Flow {
    if (this.lost && !this.empty) return this.dropped ? "full" : "waiting";
    return this.dropped ? "dropped" : "clear";
  }
}

/** Not between the halves of a character. */
export function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const half = /[\uD800-\uDBFF]/.test(text[LONGEST - 1]!);
  return text.slice(0, half ? LONGEST - 1 : LONGEST);
}
