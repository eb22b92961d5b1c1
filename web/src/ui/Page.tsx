import { useEffect } from "react";
import type { ReactNode } from "react";
import { texts } from "@/texts";

interface Props {
  title: string;
  /** Right of the title. */
  actions?: ReactNode;
  description?: ReactNode;
  children: ReactNode;
}

/** A page of ordinary content: its one h1, and a column that is easy to read. */
export function Page({ title, actions, description, children }: Props) {
  useTitle(title);
  return (
    <div className="mx-auto grid w-full max-w-3xl gap-6 px-4 py-6 sm:px-8">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid gap-1">
          <h1 className="text-xl font-semibold">{title}</h1>
          {description && <p className="text-sm text-ink-soft">{description}</p>}
        </div>
        {actions && <div className="flex gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with its own heading, in a box. */
export function Section({ title, description, actions, children }: Omit<Props, "children"> & { children?: ReactNode }) {
  return (
    <section className="rounded-xl border border-line">
      <div className="flex flex-wrap items-start justify-between gap-3 px-4 pt-3.5 pb-3">
        <div>
          <h2 className="text-base font-semibold">{title}</h2>
          {description && <div className="text-sm text-ink-soft">{description}</div>}
        </div>
        {actions}
      </div>
      {children && <div className="border-t border-line px-4 py-4">{children}</div>}
    </section>
  );
}

/** The name of the page in the browser's tab. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = title === "" ? texts.common.product : `${title} · ${texts.common.product}`;
  }, [title]);
}

export function Empty({ icon, title, children }: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 px-6 py-14 text-center">
      {icon && <div className="text-ink-faint">{icon}</div>}
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-md text-sm text-ink-soft">{children}</div>}
    </div>
  );
}
