import { CopyButton } from "./CopyButton";

/** A line of text to take away: a command, an address, a key. */
export function CopyText({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex min-w-0 items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-0.5 pl-2.5">
      <code className="min-w-0 flex-1 overflow-x-auto py-1 font-mono text-xs whitespace-pre select-all" tabIndex={0} aria-label={label}>
        {text}
      </code>
      <CopyButton text={text} />
    </div>
  );
}
