import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type NoticeKind = "info" | "good" | "warning" | "error";

const LOOK = {
  info: { box: "bg-ask-soft", ink: "text-ask", Icon: Info },
  good: { box: "bg-good-soft", ink: "text-good", Icon: CircleCheck },
  warning: { box: "bg-busy-soft", ink: "text-busy", Icon: TriangleAlert },
  error: { box: "bg-bad-soft", ink: "text-bad", Icon: CircleAlert },
};

interface Props {
  kind?: NoticeKind;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** A coloured box in the page that says what is so, and what to do. */
export function Notice({ kind = "info", title, children, action }: Props) {
  const { box, ink, Icon } = LOOK[kind];
  return (
    <div role={kind === "error" ? "alert" : undefined} className={cx("flex items-start gap-2.5 rounded-lg px-3 py-2.5 text-sm", box)}>
      <Icon size={16} className={cx("mt-0.5 shrink-0", ink)} aria-hidden />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
      {action}
    </div>
  );
}
