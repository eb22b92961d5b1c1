import { createContext, use, useState } from "react";

/** Which rows of a transcript are open; a row that is scrolled away and comes back is as it was left. */
export const Opened = createContext(new Map<number, boolean>());

export function useOpen(key: number, first = false): [boolean, (open: boolean) => void] {
  const opened = use(Opened);
  const [open, setOpen] = useState(opened.get(key) ?? first);
  return [
    open,
    (next) => {
      opened.set(key, next);
      setOpen(next);
    },
  ];
}
