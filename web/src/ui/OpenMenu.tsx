import { Menu as Base } from "@base-ui/react/menu";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./Button";

interface Props {
  button: Omit<ButtonProps, "children">;
  label: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  items: ReactNode;
}

/** The menu itself, see Menu. */
export function OpenMenu({ button, label, open, onOpenChange, items }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={<Button look="quiet" {...button} />}>{label}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="start" className="z-40">
          <Base.Popup className="min-w-48 rounded-lg border border-line bg-raised p-1 shadow-raised outline-none">{items}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
