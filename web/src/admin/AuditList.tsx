import type { AuditEntry } from "@/api/types";
import { texts } from "@/texts";
import { actionText, detailPairs } from "./auditWords";

const t = texts.admin.audit;
const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** @param names of users by id */
export function AuditList({ entries, names }: { entries: readonly AuditEntry[]; names: ReadonlyMap<string, string> }) {
  const name = (id: string) => names.get(id) ?? id;
  return (
    <ol aria-label={t.title} className="divide-y divide-line rounded-xl border border-line">
      {entries.map((entry) => (
        <li key={entry.id} className="grid gap-0.5 px-4 py-2.5 text-sm">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <p>
              <span className="font-medium">{name(entry.actor)}</span>
              <span className="text-ink-faint"> · </span>
              <span className={entry.action === "user.sign-in-failed" ? "text-bad" : undefined}>{actionText(entry.action)}</span>
            </p>
            <time dateTime={entry.timestamp} className="text-xs text-ink-faint">
              {TIME.format(new Date(entry.timestamp))}
            </time>
          </div>
          <p className="flex flex-wrap gap-x-3 text-xs text-ink-faint">
            {entry.target !== "" && entry.target !== entry.actor && <code className="font-mono break-all">{name(entry.target)}</code>}
            {detailPairs(entry.details).map(([detail, text]) => (
              <span key={detail} className="break-all">
                {detail}: {text}
              </span>
            ))}
            {entry.ip !== "" && (
              <span>
                {t.from.toLowerCase()} {entry.ip}
              </span>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}
