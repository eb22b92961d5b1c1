import { Keyboard, LogOut } from "lucide-react";
import type { User } from "@/api/types";
import { useSignOut } from "@/auth/account";
import { texts } from "@/texts";
import { Menu, MenuChoice, MenuItem, MenuLine } from "@/ui/Menu";
import { openShortcuts } from "./overlays";
import { setTheme, type Theme, useTheme } from "./theme";

const THEMES = (Object.keys(texts.shell.themes) as Theme[]).map((value) => ({
  value,
  label: texts.shell.themes[value],
}));

export function AccountMenu({ user }: { user: User }) {
  const theme = useTheme();
  const signOut = useSignOut();
  const trigger = (
    <button
      type="button"
      aria-label={`${texts.shell.menu}: ${user.name}`}
      className="flex w-full items-center gap-2 rounded-md p-1.5 text-left hover:bg-hover"
    >
      <span aria-hidden className="grid size-6 shrink-0 place-items-center rounded-full bg-accent text-2xs font-semibold text-on-accent">
        {user.name.slice(0, 1).toUpperCase()}
      </span>
      <span className="min-w-0 flex-1 truncate text-sm">{user.name}</span>
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <p className="truncate px-2 py-1.5 text-xs text-ink-faint">{user.email}</p>
      <MenuLine />
      <MenuChoice label={texts.shell.theme} value={theme} options={THEMES} onChange={setTheme} />
      <MenuLine />
      <MenuItem icon={<Keyboard size={15} />} onSelect={openShortcuts}>
        {texts.shell.shortcuts}
      </MenuItem>
      <MenuItem icon={<LogOut size={15} />} onSelect={() => signOut.mutate()}>
        {texts.auth.signOut}
      </MenuItem>
    </Menu>
  );
}
