import { useState } from "react";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { visible } from "./safe";
import type { Edit } from "./toolText";

const MOST = 40;

interface Line {
  sign: "+" | "-" | " ";
  text: string;
}

function ofEdit({ before, after }: Edit): Line[] {
  const lines = (text: string, sign: "+" | "-") => (text === "" ? [] : text.replace(/\n$/, "").split("\n").map((line) => ({ sign, text: line })));
  return [...lines(before, "-"), ...lines(after, "+")];
}

function ofPatch(patch: string): Line[] {
  return patch
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => {
      const sign = line.startsWith("+") ? "+" : line.startsWith("-") ? "-" : " ";
      return { sign, text: /^[+\- ]/.test(line) ? line.slice(1) : line };
    });
}

const LOOK = { "+": "bg-added text-added-ink", "-": "bg-removed text-removed-ink", " ": "" };

/** Added and removed lines, small: what one tool call does to a file. */
export function Lines({ edit, patch, label }: { edit?: Edit; patch?: string; label: string }) {
  const [whole, setWhole] = useState(false);
  const lines = edit ? ofEdit(edit) : ofPatch(patch ?? "");
  const shown = whole ? lines : lines.slice(0, MOST);
  return (
    <div>
      <pre tabIndex={0} role="region" aria-label={label} className="max-h-[32rem] overflow-auto rounded-md border border-line py-1.5 font-mono text-xs leading-relaxed">
        {shown.map((line, index) => (
          <div key={index} className={cx("min-w-fit px-3 whitespace-pre", LOOK[line.sign])}>
            <span className="mr-2 select-none">{line.sign}</span>
            {visible(line.text)}
          </div>
        ))}
      </pre>
      {lines.length > shown.length && (
        <Button look="quiet" size="small" className="mt-1" onClick={() => setWhole(true)}>
          {texts.transcript.showMore(lines.length - shown.length)}
        </Button>
      )}
    </div>
  );
}
