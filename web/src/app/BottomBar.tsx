import { Link } from "@tanstack/react-router";
import { CircleDot, Plus, Search, Settings } from "lucide-react";
import { texts } from "@/texts";
import { openPalette } from "./overlays";

const item = "flex h-12 flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-ink-soft";

/** The navigation of a phone, in reach of a thumb. */
export function BottomBar() {
  return (
    <nav aria-label={texts.shell.navigation} className="flex shrink-0 border-t border-line bg-side pb-[env(safe-area-inset-bottom)] md:hidden">
      <Link to="/" activeOptions={{ exact: true }} className={item} activeProps={{ className: "text-accent-ink! font-medium" }}>
        <CircleDot size={18} aria-hidden />
        {texts.shell.tasks}
      </Link>
      <Link to="/new" className={item} activeProps={{ className: "text-accent-ink! font-medium" }}>
        <Plus size={18} aria-hidden />
        {texts.shell.newTask}
      </Link>
      <button type="button" onClick={openPalette} className={item}>
        <Search size={18} aria-hidden />
        {texts.shell.searchShort}
      </button>
      <Link to="/settings" className={item} activeProps={{ className: "text-accent-ink! font-medium" }}>
        <Settings size={18} aria-hidden />
        {texts.shell.settings}
      </Link>
    </nav>
  );
}
