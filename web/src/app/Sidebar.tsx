import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleDot, Plus, Search, Settings, Shield } from "lucide-react";
import type { ReactNode } from "react";
import { sessionQuery } from "@/api/queries";
import { texts } from "@/texts";
import { buttonClass } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { Kbd } from "@/ui/Kbd";
import { Logo } from "@/ui/Logo";
import { AccountMenu } from "./AccountMenu";
import { ConnectionNotice } from "./ConnectionNotice";
import { openPalette } from "./overlays";
import { adminPages, settingsPages } from "./pages";

function Item({ to, icon, label }: { to: string; icon: ReactNode; label: string }) {
  return (
    <li>
      <Link
        to={to}
        activeOptions={{ exact: to === "/" }}
        className="flex h-7.5 items-center gap-2 rounded-md px-2 text-sm text-ink-soft hover:bg-hover hover:text-ink"
        activeProps={{ className: "bg-selected text-ink! font-medium" }}
      >
        {icon}
        {label}
      </Link>
    </li>
  );
}

/** The navigation of a wide screen. */
export function Sidebar() {
  const user = useQuery(sessionQuery).data?.user;
  return (
    <nav
      aria-label={texts.shell.navigation}
      className="flex w-60 shrink-0 flex-col gap-3 border-r border-line bg-side p-3 max-md:hidden"
    >
      <div className="flex items-center gap-2 px-1 pt-0.5">
        <Logo />
        <span className="flex-1 font-semibold">{texts.common.product}</span>
      </div>
      <div className="grid gap-1.5">
        <Link to="/new" className={cx(buttonClass("primary"), "w-full")}>
          <Plus size={15} aria-hidden />
          {texts.shell.newTask}
        </Link>
        <button
          type="button"
          onClick={openPalette}
          className="flex h-8 items-center gap-2 rounded-md border border-line bg-raised px-2.5 text-sm text-ink-faint hover:bg-hover"
        >
          <Search size={14} aria-hidden />
          <span className="flex-1 truncate text-left">{texts.shell.search}</span>
          <Kbd keys="mod+k" />
        </button>
      </div>
      <div>
        <ul className="grid gap-px">
          <Item to="/" icon={<CircleDot size={15} aria-hidden />} label={texts.shell.tasks} />
          {settingsPages.length > 0 && (
            <Item to="/settings" icon={<Settings size={15} aria-hidden />} label={texts.shell.settings} />
          )}
          {user?.role === "admin" && adminPages.length > 0 && (
            <Item to="/admin" icon={<Shield size={15} aria-hidden />} label={texts.shell.admin} />
          )}
        </ul>
      </div>
      <div className="min-h-0 flex-1" />
      <ConnectionNotice />
      {user && <AccountMenu user={user} />}
    </nav>
  );
}
