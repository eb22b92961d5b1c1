import { Menu as Base } from "@base-ui/react/menu";
import { useId } from "react";
import { Button } from "./Button";
import type { MenuProps } from "./Menu";

/** The menu of a `Menu`, open from the first. */
export function MenuPopup({ items, children, ...button }: MenuProps) {
  const trigger = useId();
  return (
    <Base.Root defaultOpen>
      <Base.Trigger id={trigger} render={<Button look="quiet" {...button} />}>
        {children}
      </Base.Trigger>
      <Base.Portal>
        {/* At the end of the document, so a landmark of its own, with the name of what opened it. */}
        <section aria-labelledby={trigger}>
          <Base.Positioner sideOffset={6} align="start" className="z-40">
            <Base.Popup className="min-w-48 rounded-lg border border-line bg-raised p-1 shadow-raised outline-none">{items}</Base.Popup>
          </Base.Positioner>
        </section>
      </Base.Portal>
    </Base.Root>
  );
}
