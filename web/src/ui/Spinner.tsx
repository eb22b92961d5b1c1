import { LoaderCircle } from "lucide-react";
import { texts } from "@/texts";

/** Something is under way. Alone on a page give it `label`, so that it is read out. */
export function Spinner({ label, size = 14 }: { label?: boolean; size?: number }) {
  return (
    <span role={label ? "status" : undefined} className="inline-flex">
      <LoaderCircle size={size} className="animate-spin" aria-hidden />
      {label && <span className="sr-only">{texts.common.loading}</span>}
    </span>
  );
}
