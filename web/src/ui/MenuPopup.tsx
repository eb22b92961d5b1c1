import { Menu as Base } from "@base-ui/react/menu";
import { Button } from "./Button";
import type { MenuProps } from "./Menu";

/** The menu of a `Menu`, open from the first. */
export function MenuPopup({ items, children, ...button }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={<Button look="quiet" {...button} />}>{children}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="start" className="z-40">
          <Base.Popup className="min-w-48 rounded-lg border border-line bg-raised p-1 shadow-raised outline-none">{items}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
