import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, Unreachable } from "@/api/http";
import { texts } from "@/texts";
import { say } from "@/ui/Toast";

function signedOut(error: Error): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** What to tell a reader about any failure. */
export function explain(error: unknown): string {
  if (error instanceof Unreachable) return texts.common.unreachable;
  return error instanceof Error ? error.message : String(error);
}

/** Set by the router: where to go when the session has ended. */
export const onSignedOut = { go: () => {} };

export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => error instanceof Unreachable && count < 3,
    },
  },
  queryCache: new QueryCache({
    onError: (error) => {
      if (signedOut(error)) onSignedOut.go();
    },
  }),
  mutationCache: new MutationCache({
    // A form that shows its errors itself says `meta: { quiet: true }`.
    onError: (error, _variables, _context, mutation) => {
      if (signedOut(error)) onSignedOut.go();
      else if (!mutation.meta?.["quiet"]) say.error(explain(error));
    },
  }),
});
