import { ChevronLeft, ChevronRight } from "lucide-react";
import { texts } from "@/texts";
import { Button } from "./Button";

const t = texts.common.pager;

interface Props {
  /** What is shown: from `offset`, at most `limit` of `total`. */
  offset: number;
  limit: number;
  total: number;
  onGo: (offset: number) => void;
}

/** Where in a long list one is, with a step to either side. Shows nothing where all fits. */
export function Pager({ offset, limit, total, onGo }: Props) {
  if (total <= limit && offset === 0) return null;
  return (
    <nav aria-label={t.label} className="flex items-center justify-between gap-3 text-sm text-ink-soft">
      <p role="status">{t.range(Math.min(offset + 1, total), Math.min(offset + limit, total), total)}</p>
      <div className="flex gap-2">
        <Button disabled={offset === 0} onClick={() => onGo(Math.max(0, offset - limit))}>
          <ChevronLeft size={15} aria-hidden />
          {t.previous}
        </Button>
        <Button disabled={offset + limit >= total} onClick={() => onGo(offset + limit)}>
          {t.next}
          <ChevronRight size={15} aria-hidden />
        </Button>
      </div>
    </nav>
  );
}
