import type { Token, Tokens } from "marked";
import type { ReactNode } from "react";
import { texts } from "@/texts";
import { Code } from "./Code";
import { decoded } from "./entities";
import { safeLink } from "./safe";

/** Deeper than this nothing is read any more: what is there is shown as it was written. */
const DEEPEST = 24;

function Link({ href, children }: { href: string; children: ReactNode }) {
  const safe = safeLink(href);
  if (!safe) return <>{children}</>;
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

interface Props {
  tokens: readonly Token[];
  depth: number;
}

/** What stands one below the other. */
export function Blocks({ tokens, depth }: Props) {
  return tokens.map((token, index) => <Block key={index} token={token} depth={depth} />);
}

function Block({ token, depth }: { token: Token; depth: number }): ReactNode {
  if (depth > DEEPEST) return <p>{token.raw}</p>;
  const inner = "tokens" in token && token.tokens ? token.tokens : [];
  switch (token.type) {
    case "space":
    case "def":
      return null;
    case "hr":
      return <hr />;
    case "code":
      return <Code source={token.text as string} language={(token as Tokens.Code).lang?.split(/\s/, 1)[0] || undefined} />;
    case "heading": {
      const Heading = `h${(token as Tokens.Heading).depth}` as "h1";
      return (
        <Heading>
          <Words tokens={inner} depth={depth + 1} />
        </Heading>
      );
    }
    case "blockquote":
      return (
        <blockquote>
          <Blocks tokens={inner} depth={depth + 1} />
        </blockquote>
      );
    case "list":
      return <List list={token as Tokens.List} depth={depth + 1} />;
    case "table":
      return <Table table={token as Tokens.Table} depth={depth + 1} />;
    case "paragraph":
      return (
        <p>
          <Words tokens={inner} depth={depth + 1} />
        </p>
      );
    case "text":
      return inner.length > 0 ? <Words tokens={inner} depth={depth + 1} /> : decoded(token.raw);
    default:
      return <Word token={token} depth={depth} />;
  }
}

function List({ list, depth }: { list: Tokens.List; depth: number }) {
  const items = list.items.map((item, index) => (
    <li key={index}>
      <Blocks tokens={item.tokens} depth={depth + 1} />
    </li>
  ));
  return list.ordered ? <ol start={list.start === "" || list.start === 1 ? undefined : list.start}>{items}</ol> : <ul>{items}</ul>;
}

function Table({ table, depth }: { table: Tokens.Table; depth: number }) {
  const cells = (row: readonly Tokens.TableCell[], Cell: "th" | "td") =>
    row.map((cell, index) => (
      <Cell key={index} align={cell.align ?? undefined}>
        <Words tokens={cell.tokens} depth={depth} />
      </Cell>
    ));
  return (
    <table>
      <thead>
        <tr>{cells(table.header, "th")}</tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>{cells(row, "td")}</tr>
        ))}
      </tbody>
    </table>
  );
}

/** What stands in a line. */
function Words({ tokens, depth }: Props) {
  return tokens.map((token, index) => <Word key={index} token={token} depth={depth} />);
}

function Word({ token, depth }: { token: Token; depth: number }): ReactNode {
  if (depth > DEEPEST) return token.raw;
  const inner = <Words tokens={("tokens" in token && token.tokens) || []} depth={depth + 1} />;
  switch (token.type) {
    case "strong":
      return <strong>{inner}</strong>;
    case "em":
      return <em>{inner}</em>;
    case "del":
      return <del>{inner}</del>;
    case "br":
      return <br />;
    case "codespan":
      return <code>{token.text as string}</code>;
    case "escape":
      return token.text as string;
    case "link":
      return <Link href={decoded(token.href as string)}>{inner}</Link>;
    case "image":
      // A picture would be fetched from wherever the agent says: its address is shown, and a click opens it.
      return <Link href={decoded(token.href as string)}>{decoded(token.text as string) || texts.transcript.picture}</Link>;
    case "checkbox":
      return <input type="checkbox" checked={(token as Tokens.Checkbox).checked} disabled readOnly aria-label={texts.transcript.item} />;
    case "text":
      return "tokens" in token && token.tokens ? inner : decoded(token.raw);
    default:
      return token.raw; // HTML above all
  }
}
