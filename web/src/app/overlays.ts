import { useSyncExternalStore } from "react";

export type Overlay = "palette" | "shortcuts" | null;

let current: Overlay = null;
const listeners = new Set<() => void>();

export function show(overlay: Overlay) {
  current = overlay;
  listeners.forEach((listener) => listener());
}

export const openPalette = () => show("palette");
export const openShortcuts = () => show("shortcuts");

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
