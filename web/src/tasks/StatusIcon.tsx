import { CircleCheck, CircleDashed, CircleHelp, CircleSlash, CircleX, Hourglass } from "lucide-react";
import { texts } from "@/texts";
import { cx } from "@/ui/cx";
import type { Standing } from "./standing";

const INK: Record<Standing, string> = {
  pending: "text-ink-faint",
  running: "text-busy",
  asking: "text-ask",
  quota: "text-busy",
  completed: "text-good",
  failed: "text-bad",
  cancelled: "text-ink-faint",
};

function Ring({ size, progress }: { size: number; progress: number }) {
  const around = 2 * Math.PI * 6;
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
      <circle cx="8" cy="8" r="6" opacity="0.25" />
      <circle
        cx="8"
        cy="8"
        r="6"
        strokeLinecap="round"
        strokeDasharray={`${(around * Math.max(progress, 12)) / 100} ${around}`}
        className="origin-center animate-spin [animation-duration:2.4s]"
      />
    </svg>
  );
}

/** How a task stands, as a picture; with `label` also in words. */
export function StatusIcon({ standing, progress = 0, size = 16, label }: { standing: Standing; progress?: number; size?: number; label?: boolean }) {
  const Icon = { pending: CircleDashed, asking: CircleHelp, quota: Hourglass, completed: CircleCheck, failed: CircleX, cancelled: CircleSlash, running: null }[standing];
  return (
    <span className={cx("inline-flex shrink-0 items-center gap-1.5 text-sm font-medium", INK[standing])}>
      {Icon ? <Icon size={size} aria-hidden /> : <Ring size={size} progress={progress} />}
      {label ? texts.tasks.status[standing] : <span className="sr-only">{texts.tasks.status[standing]}</span>}
    </span>
  );
}
