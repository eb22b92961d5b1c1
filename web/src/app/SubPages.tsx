import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useUser } from "@/auth/useUser";
import { texts } from "@/texts";
import { adminPages, type PageEntry, settingsPages } from "./pages";

interface Props {
  label: string;
  pages: readonly PageEntry[];
  /** One more where the screen is too narrow for the main navigation. */
  onPhone?: PageEntry | undefined;
}

/** A page with a navigation of its own at its side, or above it on a narrow screen: Settings, Admin. */
function SubPages({ label, pages, onPhone }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (current) list.current?.scrollTo({ left: current.offsetLeft - 60 });
  }, [pathname]);
  const item = (page: PageEntry) => (
    <Link
      to={page.to}
      className="flex h-8 items-center rounded-md px-2 text-sm whitespace-nowrap text-ink-soft hover:bg-hover hover:text-ink focus-visible:outline-offset-[-2px] pointer-coarse:h-10"
      activeProps={{ className: "bg-selected text-ink! font-medium" }}
    >
      {page.label}
    </Link>
  );
  return (
    <div className="flex h-full flex-col md:flex-row">
      <nav aria-label={label} className="shrink-0 border-line max-md:border-b md:w-52 md:border-r">
        <p className="px-5 pt-5 pb-2 text-sm font-semibold max-md:hidden">{label}</p>
        <ul ref={list} className="relative flex gap-0.5 overflow-x-auto px-3 py-2 md:flex-col md:py-0">
          {pages.map((page) => (
            <li key={page.to}>{item(page)}</li>
          ))}
          {onPhone && <li className="border-l border-line pl-0.5 md:hidden">{item(onPhone)}</li>}
        </ul>
      </nav>
      <div tabIndex={0} className="min-w-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]">
        <Outlet />
      </div>
    </div>
  );
}

export function SettingsFrame() {
  const admin = useUser()?.role === "admin";
  return (
    <SubPages
      label={texts.shell.settings}
      pages={settingsPages}
      onPhone={admin ? { to: "/admin", label: texts.shell.admin } : undefined}
    />
  );
}

export function AdminFrame() {
  return <SubPages label={texts.shell.admin} pages={adminPages} />;
}
