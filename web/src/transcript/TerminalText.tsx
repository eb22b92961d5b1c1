import { useMemo, useState } from "react";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { terminalPieces } from "./terminal";

const FEW = 24;

/** Output of a command as a terminal would show it; long ones are folded to their end. */
export function TerminalText({ text, label, bad }: { text: string; label: string; bad?: boolean }) {
  const [whole, setWhole] = useState(false);
  const lines = useMemo(() => text.replace(/\n$/, "").split("\n"), [text]);
  const hidden = whole ? 0 : Math.max(0, lines.length - FEW);
  const pieces = useMemo(() => terminalPieces(lines.slice(hidden).join("\n")), [lines, hidden]);
  return (
    <div>
      {hidden > 0 && (
        <Button look="quiet" size="small" onClick={() => setWhole(true)}>
          {texts.transcript.showMore(hidden)}
        </Button>
      )}
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className={cx(
          "max-h-[32rem] overflow-auto rounded-md border bg-sunken px-3 py-2 font-mono text-xs leading-relaxed break-words whitespace-pre-wrap",
          bad ? "border-bad/50" : "border-line",
        )}
      >
        {pieces.map((piece, index) => (
          <span key={index} className={piece.className || undefined}>
            {piece.text}
          </span>
        ))}
      </pre>
    </div>
  );
}
