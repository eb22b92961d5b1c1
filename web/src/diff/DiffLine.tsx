import { memo, use, Suspense } from "react";
import { highlighter } from "@/transcript/Code";
import { visible } from "@/transcript/safe";
import { cx } from "@/ui/cx";
import type { Side } from "./rows";

const LOOK = { added: "bg-added", removed: "bg-removed", same: "" };
const SIGN = { added: "+", removed: "-", same: " " };
/** A line without an end, in a file that nobody wrote by hand, is not worth colours. */
const LONG = 600;

function Coloured({ text, path }: { text: string; path: string }) {
  const { highlight, languageOf } = use(highlighter());
  const language = languageOf(path);
  return language ? highlight(text, language) : text;
}

function Text({ text, path }: { text: string; path: string }) {
  const plain = visible(text);
  if (plain.length > LONG) return plain;
  return (
    <Suspense fallback={plain}>
      <Coloured text={plain} path={path} />
    </Suspense>
  );
}

function Half({ side, path, numbers }: { side: Side | undefined; path: string; numbers: (number | undefined)[] }) {
  return (
    <div className={cx("flex min-w-0 flex-1", side ? LOOK[side.change] : "bg-sunken")}>
      {numbers.map((number, index) => (
        <span key={index} className="w-11 shrink-0 pr-2 text-right text-ink-faint tabular-nums select-none max-sm:w-8 max-sm:pr-1">
          {number}
        </span>
      ))}
      <span aria-hidden className="w-4 shrink-0 text-center text-ink-faint select-none">
        {side && SIGN[side.change]}
      </span>
      {side && side.change !== "same" && <span className="sr-only">{SIGN[side.change]}</span>}
      <code className="min-w-0 flex-1 pr-2 break-all whitespace-pre-wrap">{side && <Text text={side.text} path={path} />}</code>
    </div>
  );
}

interface Props {
  left: Side | undefined;
  right: Side | undefined;
  split: boolean;
  path: string;
}

/** One line, or two beside each other. */
export const DiffLine = memo(function DiffLine({ left, right, split, path }: Props) {
  return (
    <div className="flex min-h-5 font-mono text-xs leading-5">
      {split ? (
        <>
          <Half side={left} path={path} numbers={[left?.number]} />
          <div className="w-px bg-line" />
          <Half side={right} path={path} numbers={[right?.number]} />
        </>
      ) : (
        <Half side={right ?? left} path={path} numbers={[left?.number, right?.number]} />
      )}
    </div>
  );
});
