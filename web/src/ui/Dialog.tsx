import { X } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import type { ReactNode } from "react";
import { texts } from "@/texts";
import { Button, IconButton } from "./Button";
import { cx } from "./cx";

interface ModalProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The id of what names it. */
  labelledBy: string;
  className?: string;
  children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus, and Escape and a click beside it close it. */
export function Modal({ open, onOpenChange, labelledBy, className, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (open && element && !element.open) element.showModal();
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={dialog}
      aria-labelledby={labelledBy}
      onClose={() => onOpenChange(false)}
      onClick={(event) => {
        if (event.target === dialog.current) onOpenChange(false);
      }}
      className={cx(
        "fixed top-[12vh] left-1/2 m-0 max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 rounded-xl border border-line bg-raised p-0 text-ink shadow-raised outline-none backdrop:bg-[#0000004d]",
        className,
      )}
    >
      {children}
    </dialog>
  );
}

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  wide?: boolean;
}

/** A modal dialog with a title. */
export function Dialog({ open, onOpenChange, title, description, children, wide }: Props) {
  const id = useId();
  return (
    <Modal open={open} onOpenChange={onOpenChange} labelledBy={id} className={cx("overflow-y-auto", wide ? "max-w-2xl" : "max-w-md")}>
      <div className="grid gap-4 p-5">
        <div className="flex items-start justify-between gap-4">
          <div className="grid gap-1">
            <h2 id={id} className="text-lg font-semibold">
              {title}
            </h2>
            {description && <div className="text-sm text-ink-soft">{description}</div>}
          </div>
          <IconButton label={texts.common.close} icon={<X size={16} />} className="-mt-1 -mr-1.5" onClick={() => onOpenChange(false)} />
        </div>
        {children}
      </div>
    </Modal>
  );
}

interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  text: ReactNode;
  action: string;
  /** What the other button says. */
  dismiss?: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
}

/** Asks before something that can't be undone. */
export function Confirm({ open, onOpenChange, title, text, action, dismiss, danger, busy, onConfirm }: ConfirmProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={text}>
      <div className="flex justify-end gap-2">
        <Button autoFocus onClick={() => onOpenChange(false)}>
          {dismiss ?? texts.common.cancel}
        </Button>
        <Button look={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
