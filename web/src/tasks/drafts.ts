import { useEffect, useState } from "react";

const PREFIX = "sesame.draft.";

/** A text that survives a reload, in this browser tab's session. Forgotten when it is emptied. */
export function useDraft(name: string): [string, (text: string) => void] {
  const key = PREFIX + name;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? "");
  useEffect(() => {
    if (text === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  }, [key, text]);
  return [text, setText];
}
