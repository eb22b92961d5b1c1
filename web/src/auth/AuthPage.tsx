import type { ReactNode } from "react";
import { Logo } from "@/ui/Logo";
import { useTitle } from "@/ui/Page";

interface Props {
  title: string;
  text?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}

/** The frame of the pages for who is not signed in: a card in the middle. */
export function AuthPage({ title, text, children, footer }: Props) {
  useTitle(title);
  return (
    <main className="grid min-h-full place-items-center bg-side px-4 py-10">
      <div className="grid w-full max-w-sm gap-6">
        <div className="grid justify-items-center gap-3 text-center">
          <Logo size={40} />
          <h1 className="text-xl font-semibold">{title}</h1>
          {text && <p className="text-sm text-ink-soft">{text}</p>}
        </div>
        <div className="rounded-xl border border-line bg-raised p-5">{children}</div>
        {footer && <p className="text-center text-sm text-ink-soft">{footer}</p>}
      </div>
    </main>
  );
}
