import { texts } from "@/texts";
import { Button } from "@/ui/Button";

const t = texts.admin.settings;

/** Stays in sight while something is not saved. */
export function SaveBar({ count, busy, onDiscard }: { count: number; busy: boolean; onDiscard: () => void }) {
  return (
    <div className="sticky bottom-4 z-10 flex flex-wrap items-center gap-2 rounded-xl border border-line bg-raised px-4 py-2.5 shadow-raised">
      <p role="status" className="flex-1 text-sm">
        {t.unsaved(count)}
      </p>
      <Button onClick={onDiscard}>{t.discard}</Button>
      <Button type="submit" look="primary" busy={busy}>
        {texts.common.save}
      </Button>
    </div>
  );
}
