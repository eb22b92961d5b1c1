import { texts } from "@/texts";

/** A page under Settings or Admin. To add one: web/README.md. */
export interface PageEntry {
  to: string;
  label: string;
}

/** In the order of their navigation; the first is what opens. */
export const settingsPages: PageEntry[] = [
  { to: "/settings/profile", label: texts.settings.profile.title },
  { to: "/settings/agents", label: texts.settings.agents.title },
  { to: "/settings/github", label: texts.settings.github.title },
  { to: "/settings/provider-keys", label: texts.settings.providers.title },
  { to: "/settings/mcp-servers", label: texts.settings.mcp.title },
  { to: "/settings/api-keys", label: texts.settings.keys.title },
  { to: "/settings/sessions", label: texts.settings.sessions.title },
  { to: "/settings/appearance", label: texts.settings.appearance },
];
export const adminPages: PageEntry[] = [
  { to: "/admin/users", label: texts.admin.users.title },
  { to: "/admin/tasks", label: texts.admin.tasks.title },
  { to: "/admin/audit", label: texts.admin.audit.title },
  { to: "/admin/system", label: texts.admin.system.title },
  { to: "/admin/registration", label: texts.admin.settings.registration },
  { to: "/admin/single-sign-on", label: texts.admin.settings.oidc },
  { to: "/admin/sandbox", label: texts.admin.settings.sandbox },
  { to: "/admin/settings", label: texts.admin.settings.server },
];
