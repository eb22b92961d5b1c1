import { createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { sessionQuery } from "@/api/queries";
import { parseSearch } from "@/tasks/search";
import type { TaskTab } from "@/tasks/TaskPage";
import { TasksPage } from "@/tasks/TasksPage";
import { Spinner } from "@/ui/Spinner";
import { anonymousOnly, setupOnly } from "./gate";
import { Failed, NotFound } from "./Problems";
import { onSignedOut, queryClient } from "./query";
import { app, root } from "./shellRoute";
import { adminTree, settingsTree } from "./subRoutes";

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { next?: string; error?: string } => ({
    ...(typeof search["next"] === "string" ? { next: search["next"] } : {}),
    ...(typeof search["error"] === "string" ? { error: search["error"] } : {}),
  }),
  beforeLoad: anonymousOnly,
  component: lazyRouteComponent(() => import("@/auth/LoginPage"), "LoginPage"),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  beforeLoad: anonymousOnly,
  component: lazyRouteComponent(() => import("@/auth/SignUpPage"), "SignUpPage"),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  beforeLoad: setupOnly,
  component: lazyRouteComponent(() => import("@/auth/SetupPage"), "SetupPage"),
});

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

const tasks = createRoute({ getParentRoute: () => app, path: "/", validateSearch: parseSearch, component: TasksPage });
const task = createRoute({
  getParentRoute: () => app,
  path: "/tasks/$taskId",
  validateSearch: (search: Record<string, unknown>): { tab?: TaskTab } =>
    search["tab"] === "diff" || search["tab"] === "terminal" || search["tab"] === "log" ? { tab: search["tab"] } : {},
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
    settingsTree,
    adminTree,
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
