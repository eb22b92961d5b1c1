import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { sessionQuery } from "@/api/queries";
import { LoginPage } from "@/auth/LoginPage";
import { SetupPage } from "@/auth/SetupPage";
import { SignUpPage } from "@/auth/SignUpPage";
import { parseSearch } from "@/tasks/search";
import type { TaskTab } from "@/tasks/TaskPage";
import { TasksPage } from "@/tasks/TasksPage";
import { Spinner } from "@/ui/Spinner";
import { adminOnly, anonymousOnly, setupOnly, signedInOnly } from "./gate";
import { adminPages, settingsPages } from "./pages";
import { Failed, NotFound } from "./Problems";
import { onSignedOut, queryClient } from "./query";
import { Shell } from "./Shell";
import { AdminFrame, SettingsFrame } from "./SubPages";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Failed });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { next?: string; error?: string } => ({
    ...(typeof search["next"] === "string" ? { next: search["next"] } : {}),
    ...(typeof search["error"] === "string" ? { error: search["error"] } : {}),
  }),
  beforeLoad: anonymousOnly,
  component: LoginPage,
});
const signUp = createRoute({ getParentRoute: () => root, path: "/sign-up", beforeLoad: anonymousOnly, component: SignUpPage });
const setup = createRoute({ getParentRoute: () => root, path: "/setup", beforeLoad: setupOnly, component: SetupPage });

const mailPages = [
  createRoute({
    getParentRoute: () => root,
    path: "/forgot-password",
    beforeLoad: anonymousOnly,
    component: lazyRouteComponent(() => import("@/auth/ForgotPasswordPage"), "ForgotPasswordPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/reset-password",
    component: lazyRouteComponent(() => import("@/auth/ResetPasswordPage"), "ResetPasswordPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/verify-email",
    validateSearch: (search: Record<string, unknown>): { error?: string } =>
      typeof search["error"] === "string" ? { error: search["error"] } : {},
    component: lazyRouteComponent(() => import("@/auth/VerifyEmailPage"), "VerifyEmailPage"),
  }),
];

/** Everything below needs a session and stands in the shell. */
const app = createRoute({ getParentRoute: () => root, id: "app", beforeLoad: signedInOnly, component: Shell });

const tasks = createRoute({ getParentRoute: () => app, path: "/", validateSearch: parseSearch, component: TasksPage });
const task = createRoute({
  getParentRoute: () => app,
  path: "/tasks/$taskId",
  validateSearch: (search: Record<string, unknown>): { tab?: TaskTab } =>
    search["tab"] === "diff" || search["tab"] === "log" ? { tab: search["tab"] } : {},
  component: lazyRouteComponent(() => import("@/tasks/TaskPage"), "TaskPage"),
});

const newTask = createRoute({
  getParentRoute: () => app,
  path: "/new",
  validateSearch: (search: Record<string, unknown>): { demo?: true } => (search["demo"] ? { demo: true } : {}),
  component: lazyRouteComponent(() => import("@/tasks/NewTaskPage"), "NewTaskPage"),
});

const welcome = createRoute({
  getParentRoute: () => app,
  path: "/welcome",
  component: lazyRouteComponent(() => import("@/welcome/WelcomePage"), "WelcomePage"),
});

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

const tree = root.addChildren([
  login,
  signUp,
  setup,
  ...mailPages,
  app.addChildren([
    tasks,
    task,
    newTask,
    welcome,
    settings.addChildren([settingsIndex, ...settingsChildren]),
    admin.addChildren([adminIndex, audit, ...adminChildren]),
  ]),
]);

const base = new URL(document.baseURI).pathname.replace(/\/$/, "");

export const router = createRouter({
  routeTree: tree,
  basepath: base === "" ? "/" : base,
  defaultPreload: "intent",
  defaultPendingComponent: () => (
    <div className="grid h-40 place-items-center text-ink-faint">
      <Spinner label size={18} />
    </div>
  ),
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

onSignedOut.go = () => {
  if (queryClient.getQueryData(sessionQuery.queryKey) === null) return;
  queryClient.setQueryData(sessionQuery.queryKey, null);
  const { href } = router.state.location;
  void router.navigate({ to: "/login", search: { next: href } });
};

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
