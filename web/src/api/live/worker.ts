/// <reference lib="webworker" />
import { Hub } from "./Hub";
import type { Port, ToHub } from "./protocol";

const hub = new Hub();

/** Ends with the tab: a lock that the tab holds is granted to us when it is gone. */
interface Hello {
  lock: string;
}

(self as unknown as SharedWorkerGlobalScope).onconnect = (event) => {
  const channel = event.ports[0]!;
  const port: Port = { send: (message) => channel.postMessage(message) };
  channel.onmessage = ({ data }: MessageEvent<ToHub | Hello>) => {
    if ("lock" in data) void navigator.locks.request(data.lock, () => hub.drop(port));
    else hub.receive(port, data);
  };
};
