import { address } from "../http";
import { type Connection, connect } from "./connection";
import type { StreamState, ToTab } from "./protocol";

export interface Listener<T> {
  events(events: T[], last: number): void;
  state(state: StreamState, status: number | undefined): void;
  restart(): void;
}

const listeners = new Map<string, Listener<unknown>>();
let connection: Connection | undefined;

function receive(message: ToTab) {
  const listener = listeners.get(message.stream);
  if (!listener) return;
  if (message.type === "events") listener.events(JSON.parse(message.json) as unknown[], message.last);
  else if (message.type === "state") listener.state(message.state, message.status);
  else listener.restart();
}

function hub(): Connection {
  if (connection) return connection;
  connection = connect(receive);
  document.addEventListener("visibilitychange", () =>
    connection?.send({ type: "visible", visible: !document.hidden }),
  );
  return connection;
}

/**
 * Reads a stream of the server until the returned function is called.
 *
 * @param stream its name: one listener in a tab for each
 * @param after the id of the last event that is already known here, or -1
 */
export function listen<T>(stream: string, owner: string, path: string, after: number, listener: Listener<T>): () => void {
  listeners.set(stream, listener as Listener<unknown>);
  hub().send({ type: "subscribe", stream, owner, path: address(path), after, visible: !document.hidden });
  return () => {
    if (listeners.get(stream) !== listener) return;
    listeners.delete(stream);
    hub().send({ type: "unsubscribe", stream });
  };
}

/** Another user may sign in next: nothing of this one's is kept. */
export function forget() {
  connection?.send({ type: "forget" });
}
