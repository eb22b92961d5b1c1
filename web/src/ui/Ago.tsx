import { relative, useNow } from "./time";

/** How long ago something was; stays true, and tells the whole date to who points at it. */
export function Ago({ iso }: { iso: string }) {
  const now = useNow(30_000);
  return (
    <time dateTime={iso} title={new Date(iso).toLocaleString()}>
      {relative(iso, now)}
    </time>
  );
}
