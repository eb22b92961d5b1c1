import type { ReactNode } from "react";

/** A list of things in a box, each with its actions at the right; they wrap below where it is narrow. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-xl border border-line">
      {children}
    </ul>
  );
}

interface RowProps {
  icon?: ReactNode;
  title: ReactNode;
  badges?: ReactNode;
  /** Below the title. */
  children?: ReactNode;
  actions?: ReactNode;
}

export function Row({ icon, title, badges, children, actions }: RowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-60 items-start gap-3">
        {icon && (
          <span className="mt-0.5 text-ink-faint" aria-hidden>
            {icon}
          </span>
        )}
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
            <span className="min-w-0 break-words">{title}</span>
            {badges}
          </div>
          {children && <div className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-ink-faint">{children}</div>}
        </div>
      </div>
      {actions && <div className="flex shrink-0 items-center gap-1.5">{actions}</div>}
    </li>
  );
}
