import { Lexer } from "marked";
import { memo, useMemo } from "react";
import { blocks } from "./blocks";
import { Blocks } from "./MarkdownParts";
import { visible } from "./safe";

/** Text of such a length without a blank line nobody wrote to be read; reading it could take seconds. */
const MOST = 12_000;
const FENCED = /^ {0,3}(`{3,}|~{3,})/;

/** Nothing where it is better shown as it is. */
function read(source: string) {
  if (source.length > MOST && !FENCED.test(source)) return undefined;
  try {
    return new Lexer({ gfm: true }).lex(source);
  } catch {
    return undefined; // nested thousandfold
  }
}

const Block = memo(function Block({ source }: { source: string }) {
  const tokens = useMemo(() => read(source), [source]);
  return tokens ? <Blocks tokens={tokens} depth={0} /> : <p className="whitespace-pre-wrap">{source}</p>;
});

/** Markdown of an agent. Becomes elements, never markup: HTML in it stays text. */
export function Markdown({ source }: { source: string }) {
  return (
    <div className="prose min-w-0 [unicode-bidi:isolate]" dir="auto">
      {blocks(visible(source)).map((block, index) => (
        <Block key={index} source={block} />
      ))}
    </div>
  );
}
