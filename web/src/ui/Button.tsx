import type { ButtonHTMLAttributes, Ref } from "react";
import { cx } from "./cx";
import { Spinner } from "./Spinner";

export type Look = "primary" | "plain" | "quiet" | "danger";

const LOOKS: Record<Look, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border-transparent",
  plain: "bg-raised text-ink border-line hover:bg-hover",
  quiet: "text-ink-soft border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-bad-solid text-on-accent border-transparent hover:opacity-90",
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  size?: "small" | "normal";
  /** Shows that it is at work, and takes no click meanwhile. */
  busy?: boolean | undefined;
  ref?: Ref<HTMLButtonElement>;
}

export function buttonClass(look: Look = "plain", size: "small" | "normal" = "normal"): string {
  return cx(
    "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none",
    "transition-colors disabled:cursor-not-allowed disabled:opacity-55",
    size === "small" ? "h-7 px-2 text-xs" : "h-8 px-3 text-sm pointer-coarse:h-10",
    LOOKS[look],
  );
}

export function Button({ look, size, busy, className, children, disabled, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? "button"}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={cx(buttonClass(look, size), className)}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children"> {
  label: string;
  icon: React.ReactNode;
}

/** A button that is only a picture; its label is read out and shown as a hint. */
export function IconButton({ label, icon, className, look = "quiet", ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      look={look}
      aria-label={label}
      title={label}
      className={cx("size-8! px-0! pointer-coarse:size-10!", className)}
    >
      {icon}
    </Button>
  );
}
