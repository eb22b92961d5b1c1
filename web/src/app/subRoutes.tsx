import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { adminOnly } from "./gate";
import { adminPages, settingsPages } from "./pages";
import { app } from "./shellRoute";
import { AdminFrame, SettingsFrame } from "./SubPages";

const settings = createRoute({
  getParentRoute: () => app,
  path: "/settings",
  component: SettingsFrame,
});
const admin = createRoute({
  getParentRoute: () => app,
  path: "/admin",
  beforeLoad: adminOnly,
  component: AdminFrame,
});

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: settingsPages[0]?.to ?? "/" });
  },
});
const adminIndex = createRoute({
  getParentRoute: () => admin,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: adminPages[0]?.to ?? "/" });
  },
});

const settingsChildren = [
  createRoute({
    getParentRoute: () => settings,
    path: "/profile",
    component: lazyRouteComponent(() => import("@/settings/ProfilePage"), "ProfilePage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/agents",
    component: lazyRouteComponent(() => import("@/settings/AgentsPage"), "AgentsPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/github",
    component: lazyRouteComponent(() => import("@/settings/GitHubPage"), "GitHubPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/provider-keys",
    component: lazyRouteComponent(() => import("@/settings/ProviderKeysPage"), "ProviderKeysPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/mcp-servers",
    component: lazyRouteComponent(() => import("@/settings/McpServersPage"), "McpServersPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/api-keys",
    component: lazyRouteComponent(() => import("@/settings/ApiKeysPage"), "ApiKeysPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/sessions",
    component: lazyRouteComponent(() => import("@/settings/SessionsPage"), "SessionsPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "/appearance",
    component: lazyRouteComponent(() => import("@/settings/AppearancePage"), "AppearancePage"),
  }),
];

const audit = createRoute({
  getParentRoute: () => admin,
  path: "/audit",
  validateSearch: (search: Record<string, unknown>): { action?: string; actor?: string; offset?: number } => ({
    ...(typeof search["action"] === "string" ? { action: search["action"] } : {}),
    ...(typeof search["actor"] === "string" ? { actor: search["actor"] } : {}),
    ...(Number.isInteger(search["offset"]) && Number(search["offset"]) > 0 ? { offset: Number(search["offset"]) } : {}),
  }),
  component: lazyRouteComponent(() => import("@/admin/AuditPage"), "AuditPage"),
});

const adminChildren = [
  createRoute({
    getParentRoute: () => admin,
    path: "/users",
    component: lazyRouteComponent(() => import("@/admin/UsersPage"), "UsersPage"),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: "/tasks",
    component: lazyRouteComponent(() => import("@/admin/AllTasksPage"), "AllTasksPage"),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: "/system",
    component: lazyRouteComponent(() => import("@/admin/SystemPage"), "SystemPage"),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: "/registration",
    component: lazyRouteComponent(() => import("@/admin/SettingsPages"), "RegistrationPage"),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: "/single-sign-on",
    component: lazyRouteComponent(() => import("@/admin/SettingsPages"), "OidcPage"),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: "/sandbox",
    component: lazyRouteComponent(() => import("@/admin/SettingsPages"), "SandboxPage"),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: "/settings",
    component: lazyRouteComponent(() => import("@/admin/SettingsPages"), "ServerSettingsPage"),
  }),
];

/** The pages of `/settings` and of `/admin`, with what is around them. */
export const settingsTree = settings.addChildren([settingsIndex, ...settingsChildren]);
export const adminTree = admin.addChildren([adminIndex, audit, ...adminChildren]);
