import { memo } from "react";
import type { ComponentProps, ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { texts } from "@/texts";
import { blocks } from "./blocks";
import { Code } from "./Code";
import { safeLink, visible } from "./safe";

const plugins = [remarkGfm];

function Link({ href, children }: ComponentProps<"a">) {
  const safe = safeLink(href);
  if (!safe) return <>{children}</>;
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

/** A picture would be fetched from wherever the agent says: its address is shown, and a click opens it. */
function Picture({ src, alt }: ComponentProps<"img">) {
  return <Link href={src}>{alt || texts.transcript.picture}</Link>;
}

function text(children: ReactNode): string {
  if (typeof children === "string") return children;
  return Array.isArray(children) ? children.map(text).join("") : "";
}

const components: Components = {
  a: Link,
  img: Picture as Components["img"] & {},
  pre: ({ children }) => <>{children}</>,
  code: ({ className, children }) => {
    const source = text(children);
    const language = /language-(\S+)/.exec(className ?? "")?.[1];
    if (!language && !source.includes("\n")) return <code>{children}</code>;
    return <Code source={source.replace(/\n$/, "")} language={language} />;
  },
};

const Block = memo(function Block({ source }: { source: string }) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={(url) => url}>
      {source}
    </ReactMarkdown>
  );
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
