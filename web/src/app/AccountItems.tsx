import { Keyboard, LogOut } from "lucide-react";
import type { User } from "@/api/types";
import { useSignOut } from "@/auth/account";
import { texts } from "@/texts";
import { MenuChoice, MenuItem, MenuLine } from "@/ui/MenuItems";
import { openShortcuts } from "./overlays";
import { setTheme, type Theme, useTheme } from "./theme";

const THEMES = (Object.keys(texts.shell.themes) as Theme[]).map((value) => ({
  value,
  label: texts.shell.themes[value],
}));

export function AccountItems({ user }: { user: User }) {
  const theme = useTheme();
  const signOut = useSignOut();
  return (
    <>
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
    </>
  );
}
