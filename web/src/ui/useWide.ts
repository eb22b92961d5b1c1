import { useSyncExternalStore } from "react";

const WIDE = window.matchMedia("(min-width: 48rem)");

/** Whether there is more room than on a phone. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      WIDE.addEventListener("change", listener);
      return () => WIDE.removeEventListener("change", listener);
    },
    () => WIDE.matches,
  );
}
