import type { RefObject } from "react";

/** Moves the focus among the links of a list: by the arrows of a mouseless reader. */
export function useListKeys(list: RefObject<HTMLElement | null>): (step: 1 | -1) => void {
  return (step) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
    links[next]?.focus();
  };
}
