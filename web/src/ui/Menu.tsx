import { Menu as Base } from "@base-ui/react/menu";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./Button";

interface Props extends ButtonProps {
  /** `MenuItem`s and the like. */
  items: ReactNode;
}

/** A button that opens a menu. */
export function Menu({ items, children, ...button }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={<Button look="quiet" {...button} />}>{children}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="start" className="z-40">
          <Base.Popup className="min-w-48 rounded-lg border border-line bg-raised p-1 shadow-raised outline-none">{items}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
