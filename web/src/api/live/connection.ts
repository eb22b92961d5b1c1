import { AmongTabs } from "./AmongTabs";
import { Hub } from "./Hub";
import type { ToHub, ToTab } from "./protocol";

/** This tab's line to the hub. */
export interface Connection {
  send(message: ToHub): void;
}

/**
 * Through the worker that all tabs share; where the browser has none (Android), through the one tab that has the hub.
 * Over plain HTTP from another host there are no locks: each tab has its own.
 */
export function connect(receive: (message: ToTab) => void): Connection {
  if (!("locks" in navigator)) return alone(receive);
  if (!("SharedWorker" in window)) return new AmongTabs(receive);
  const worker = new SharedWorker(new URL("./worker.ts", import.meta.url), { type: "module", name: "sesame-live" });
  const lock = `sesame-tab-${crypto.randomUUID()}`;
  // Held as long as the tab lives; the worker waits for it.
  void navigator.locks.request(lock, () => new Promise(() => {}));
  worker.port.onmessage = ({ data }: MessageEvent<ToTab>) => receive(data);
  void navigator.locks.query().then(() => worker.port.postMessage({ lock }));
  return { send: (message) => worker.port.postMessage(message) };
}

function alone(receive: (message: ToTab) => void): Connection {
  const hub = new Hub();
  const port = { send: receive };
  return { send: (message) => hub.receive(port, message) };
}
