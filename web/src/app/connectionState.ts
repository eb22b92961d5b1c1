import { useSyncExternalStore } from "react";
import type { StreamState } from "@/api/live/protocol";

let current: StreamState = "connecting";
const listeners = new Set<() => void>();

/** How the line to the server is, by the stream that is always open. */
export const connectionState = {
  set(state: StreamState) {
    current = state;
    listeners.forEach((listener) => listener());
  },
};

export function useConnectionState(): StreamState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
