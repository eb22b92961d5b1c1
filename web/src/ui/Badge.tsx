import type { ReactNode } from "react";
import { cx } from "./cx";

const LOOKS = {
  plain: "bg-sunken text-ink-soft border-line",
  good: "bg-good-soft text-good border-transparent",
  warning: "bg-busy-soft text-busy border-transparent",
  bad: "bg-bad-soft text-bad border-transparent",
  accent: "bg-selected text-accent-ink border-transparent",
};

/** A word about a thing, beside its name. */
export function Badge({ look = "plain", icon, children }: { look?: keyof typeof LOOKS; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={cx("inline-flex items-center gap-1 rounded-full border px-2 py-px text-2xs font-medium whitespace-nowrap", LOOKS[look])}>
      {icon}
      {children}
    </span>
  );
}
