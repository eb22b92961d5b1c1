import { Link, Outlet } from "@tanstack/react-router";
import type { PageEntry } from "./pages";

/** A page with a navigation of its own at its side, or above it on a narrow screen: Settings, Admin. */
export function SubPages({ label, pages }: { label: string; pages: readonly PageEntry[] }) {
  return (
    <div className="flex h-full flex-col md:flex-row">
      <nav aria-label={label} className="shrink-0 border-line max-md:border-b md:w-52 md:border-r">
        <p className="px-5 pt-5 pb-2 text-sm font-semibold max-md:hidden">{label}</p>
        <ul className="flex gap-0.5 overflow-x-auto px-3 py-2 md:flex-col md:py-0">
          {pages.map((page) => (
            <li key={page.to}>
              <Link
                to={page.to}
                className="flex h-8 items-center rounded-md px-2 text-sm whitespace-nowrap text-ink-soft hover:bg-hover hover:text-ink pointer-coarse:h-10"
                activeProps={{ className: "bg-selected text-ink! font-medium" }}
              >
                {page.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="min-w-0 flex-1 overflow-y-auto">
        <Outlet />
      </div>
    </div>
  );
}
