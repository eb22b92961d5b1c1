import { createRootRoute, createRoute, Outlet } from "@tanstack/react-router";
import { signedInOnly } from "./gate";
import { Failed, NotFound } from "./Problems";
import { Shell } from "./Shell";

/** Around these two there is no shell, which has the page's main part else. */
export const root = createRootRoute({
  component: Outlet,
  notFoundComponent: () => (
    <main>
      <NotFound />
    </main>
  ),
  errorComponent: (problem) => (
    <main>
      <Failed {...problem} />
    </main>
  ),
});

/** Everything below needs a session and stands in the shell. */
export const app = createRoute({ getParentRoute: () => root, id: "app", beforeLoad: signedInOnly, component: Shell });
