import { lazy } from "react";
import type { User } from "@/api/types";
import { texts } from "@/texts";
import { Menu } from "@/ui/Menu";

const AccountItems = lazy(() => import("./AccountItems").then((module) => ({ default: module.AccountItems })));

export function AccountMenu({ user }: { user: User }) {
  return (
    <Menu items={<AccountItems user={user} />} className="h-auto! w-full justify-start! gap-2! p-1.5!">
      <span aria-hidden className="grid size-6 shrink-0 place-items-center rounded-full bg-accent text-2xs font-semibold text-on-accent">
        {user.name.slice(0, 1).toUpperCase()}
      </span>
      <span className="sr-only">{texts.shell.menu}: </span>
      <span className="min-w-0 flex-1 truncate text-left text-sm">{user.name}</span>
    </Menu>
  );
}
