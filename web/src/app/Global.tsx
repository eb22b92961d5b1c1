import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleDot, Keyboard, LogOut, Moon, Plus, Settings, Shield, Sun } from "lucide-react";
import { lazy, Suspense, useEffect } from "react";
import { useSignOut } from "@/auth/account";
import { useUser } from "@/auth/useUser";
import { useTaskChanges } from "@/tasks/changes";
import { recentQuery } from "@/tasks/queries";
import { standing } from "@/tasks/standing";
import { StatusIcon } from "@/tasks/StatusIcon";
import { texts } from "@/texts";
import type { Command } from "./commands";
import { onNotificationClick } from "./notifications";
import { openPalette, openShortcuts, show, useOverlay } from "./overlays";
import { adminPages, settingsPages } from "./pages";
import { useShortcut } from "./shortcuts";
import { setTheme } from "./theme";

const loadPalette = () => import("./Palette");
const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })));
const ShortcutSheet = lazy(() => import("./ShortcutSheet").then((module) => ({ default: module.ShortcutSheet })));

/** The palette's script is there before its key is pressed, so that what is typed right after it is not lost. */
function soon(work: () => void): () => void {
  const timer = setTimeout(work, 1500);
  return () => clearTimeout(timer);
}

/** What works on every page: palette, shortcut sheet and the keys that open pages. */
export function Global() {
  const navigate = useNavigate();
  const overlay = useOverlay();
  const user = useUser();
  const admin = user?.role === "admin";
  useTaskChanges(user?.id ?? "");
  useEffect(() => onNotificationClick((taskId) => void navigate({ to: "/tasks/$taskId", params: { taskId } })), [navigate]);
  // Without a server it is loaded when it is asked for.
  useEffect(() => soon(() => void loadPalette().catch(() => {})), []);
  const tasks = useQuery({ ...recentQuery, enabled: overlay === "palette" }).data ?? [];
  const signOut = useSignOut();
  const go = (to: string) => () => void navigate({ to });
  const t = texts.shell;

  useShortcut("mod+k", t.keys.palette, openPalette);
  useShortcut("?", t.keys.sheet, openShortcuts);
  useShortcut("c", t.keys.newTask, go("/new"));
  useShortcut("g t", t.keys.goTasks, go("/"));
  useShortcut("g s", t.keys.goSettings, go("/settings"));

  const page = (icon: React.ReactNode, prefix: string) => (entry: { to: string; label: string }): Command => ({
    id: entry.to.replaceAll("/", "-"),
    group: "page",
    label: `${prefix}: ${entry.label}`,
    icon,
    run: go(entry.to),
  });
  const commands: Command[] = [
    { id: "new", group: "action", label: t.newTask, keys: "c", icon: <Plus size={15} />, run: go("/new") },
    { id: "light", group: "action", label: `${t.theme}: ${t.themes.light}`, icon: <Sun size={15} />, run: () => setTheme("light") },
    { id: "dark", group: "action", label: `${t.theme}: ${t.themes.dark}`, icon: <Moon size={15} />, run: () => setTheme("dark") },
    { id: "system", group: "action", label: `${t.theme}: ${t.themes.system}`, icon: <Sun size={15} />, run: () => setTheme("system") },
    { id: "keys", group: "action", label: t.shortcuts, keys: "?", icon: <Keyboard size={15} />, run: openShortcuts },
    { id: "out", group: "action", label: texts.auth.signOut, icon: <LogOut size={15} />, run: () => signOut.mutate() },
    { id: "tasks", group: "page", label: t.tasks, keys: "g t", icon: <CircleDot size={15} />, run: go("/") },
    ...tasks.map((task): Command => ({
      id: task.id,
      group: "task",
      label: task.title,
      words: `${task.id} ${task.repository} ${task.branch} ${task.agent}`,
      icon: <StatusIcon standing={standing(task)} progress={task.progress} size={15} />,
      run: () => void navigate({ to: "/tasks/$taskId", params: { taskId: task.id } }),
    })),
    ...settingsPages.map(page(<Settings size={15} />, t.settings)),
    ...(admin ? adminPages.map(page(<Shield size={15} />, t.admin)) : []),
  ];
  return (
    <Suspense>
      {overlay === "palette" && <Palette open onOpenChange={() => show(null)} commands={commands} />}
      {overlay === "shortcuts" && <ShortcutSheet open onOpenChange={() => show(null)} />}
    </Suspense>
  );
}
