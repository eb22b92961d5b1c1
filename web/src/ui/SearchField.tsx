import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cx } from "./cx";
import { inputClass } from "./Field";

interface Props {
  label: string;
  value: string;
  /** Called when the reader pauses. */
  onSearch: (text: string) => void;
}

export function SearchField({ label, value, onSearch }: Props) {
  const [text, setText] = useState(value);
  const latest = useRef(onSearch);
  latest.current = onSearch;
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => latest.current(text), 250);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <div className="relative min-w-0 flex-1">
      <Search size={15} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint" aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={cx(inputClass, "h-8 pl-8! pointer-coarse:h-10")}
      />
    </div>
  );
}
