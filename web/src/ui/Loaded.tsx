import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { explain } from "@/app/query";
import { texts } from "@/texts";
import { Button } from "./Button";
import { Notice } from "./Notice";
import { Spinner } from "./Spinner";

/** What a query brought, or that it is under way, or why it failed. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    const again = (
      <Button size="small" onClick={() => void query.refetch()}>
        {texts.common.retry}
      </Button>
    );
    return (
      <Notice kind="error" action={again}>
        {explain(query.error)}
      </Notice>
    );
  }
  return (
    <div className="grid h-28 place-items-center text-ink-faint">
      <Spinner label size={18} />
    </div>
  );
}
