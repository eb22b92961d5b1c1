import type { AnchorHTMLAttributes } from "react";

/** A link to elsewhere, which learns nothing of where it was. */
export function TextLink({ children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a {...rest} target="_blank" rel="noreferrer noopener" className="font-medium text-accent-ink underline underline-offset-2">
      {children}
    </a>
  );
}
