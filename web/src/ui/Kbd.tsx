import { cx } from "./cx";

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How a shortcut is written here, like `mod+k` as ⌘K or Ctrl K. */
export function keyNames(shortcut: string): string[] {
  return shortcut.split(/[+ ]/).map((key) => {
    if (key === "mod") return MAC ? "⌘" : "Ctrl";
    if (key === "Enter") return "↵";
    return key.length === 1 ? key.toUpperCase() : key;
  });
}

/** @param mouse left out where there is likely no keyboard */
export function Kbd({ keys, mouse }: { keys: string; mouse?: boolean }) {
  return (
    <span aria-hidden={mouse} className={cx("inline-flex gap-0.5", mouse && "max-sm:hidden pointer-coarse:hidden")}>
      {keyNames(keys).map((name, index) => (
        <kbd
          key={index}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded border border-line bg-sunken px-1 font-sans text-2xs text-ink-soft"
        >
          {name}
        </kbd>
      ))}
    </span>
  );
}
