import { Outlet } from "@tanstack/react-router";
import { texts } from "@/texts";
import { BottomBar } from "./BottomBar";
import { Global } from "./Global";
import { Sidebar } from "./Sidebar";

/** What is around every page of who is signed in: navigation, palette, shortcuts. */
export function Shell() {
  const skip = () => document.getElementById("main")?.focus();
  return (
    <div className="flex h-full max-md:flex-col">
      <button
        type="button"
        onClick={skip}
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-sm text-on-accent focus-visible:translate-y-0"
      >
        {texts.common.skip}
      </button>
      <Sidebar />
      <main id="main" tabIndex={-1} className="min-h-0 min-w-0 flex-1 overflow-y-auto bg-canvas outline-none">
        <Outlet />
      </main>
      <BottomBar />
      <Global />
    </div>
  );
}
