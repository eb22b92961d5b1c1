import { memo, use, useDeferredValue, Suspense } from "react";
import { CopyButton } from "@/ui/CopyButton";
import { visible } from "./safe";

/** Above it colours are not worth their time. */
const MOST = 40_000;

let loading: Promise<typeof import("./highlight")> | undefined;

/** Loaded with the first code that is shown. */
export function highlighter() {
  loading ??= import("./highlight");
  return loading;
}

function Highlighted({ source, language }: { source: string; language: string }) {
  return use(highlighter()).highlight(source, language);
}

/** Lines of code in colours, once the highlighter is there. */
export const Code = memo(function Code({ source, language }: { source: string; language: string | undefined }) {
  const shown = useDeferredValue(source);
  const plain = visible(shown);
  return (
    <div className="group/code relative">
      {/* Long lines are scrolled to by keyboard too. */}
      <pre tabIndex={0}>
        <code>
          {language && plain.length < MOST ? (
            <Suspense fallback={plain}>
              <Highlighted source={plain} language={language} />
            </Suspense>
          ) : (
            plain
          )}
        </code>
      </pre>
      <div className="absolute top-1.5 right-1.5 rounded-md bg-sunken opacity-0 group-focus-within/code:opacity-100 group-hover/code:opacity-100">
        <CopyButton text={source} />
      </div>
    </div>
  );
});
