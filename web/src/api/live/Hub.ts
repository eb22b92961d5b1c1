import type { Port, ToHub } from "./protocol";
import { Stream } from "./Stream";

/** A browser opens six connections to a host at most; the list's stream and ordinary requests need some too. */
const MOST_OPEN = 3;
const MOST_KEPT_CHARS = 48 * 1024 * 1024;

/**
 * One connection for each stream, however many tabs look at it. Runs in a SharedWorker, or in the page where there is
 * none. What a stream has sent is kept while there is room, so that another tab, or a reader who comes back, has it
 * at once.
 */
export class Hub {
  private readonly streams = new Map<string, Stream>();
  private readonly visible = new Map<Port, boolean>();

  receive(port: Port, message: ToHub) {
    switch (message.type) {
      case "subscribe":
        this.visible.set(port, message.visible);
        this.stream(message).join(port, message.after);
        break;
      case "unsubscribe":
        this.streams.get(message.stream)?.leave(port);
        break;
      case "visible":
        this.visible.set(port, message.visible);
        break;
      case "forget":
        this.streams.forEach((stream) => stream.close());
        this.streams.clear();
        return;
    }
    this.balance();
  }

  /** The tab is gone. */
  drop(port: Port) {
    this.visible.delete(port);
    this.streams.forEach((stream) => stream.leave(port));
    this.balance();
  }

  private stream({ stream, path, owner }: { stream: string; path: string; owner: string }): Stream {
    const known = this.streams.get(stream);
    if (known && known.owner === owner) {
      // Newest last: the oldest is given up first.
      this.streams.delete(stream);
      this.streams.set(stream, known);
      return known;
    }
    known?.close();
    const made = new Stream(stream, path, owner);
    this.streams.set(stream, made);
    return made;
  }

  /** Opens what is looked at, pauses what is not when there is too much of it, forgets what nobody reads. */
  private balance() {
    const all = [...this.streams.values()].reverse();
    const seen = (stream: Stream) => stream.readers.some((port) => this.visible.get(port) !== false);
    const wanted = all.filter((stream) => stream.readers.length > 0).sort((a, b) => Number(seen(b)) - Number(seen(a)));
    let open = 0;
    for (const stream of wanted) {
      if (stream.essential || open < MOST_OPEN) {
        stream.open();
        if (!stream.essential) open++;
      } else {
        stream.pause();
      }
    }
    let kept = 0;
    for (const stream of all) {
      kept += stream.chars;
      if (stream.readers.length > 0) continue;
      stream.pause();
      if (kept > MOST_KEPT_CHARS || stream.essential) {
        stream.close();
        this.streams.delete(stream.name);
      }
    }
  }
}
