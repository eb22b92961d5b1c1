import { createRootRoute, createRoute, Outlet } from "@tanstack/react-router";
import { signedInOnly } from "./gate";
import { Failed, NotFound } from "./Problems";
import { Shell } from "./Shell";

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Failed });

/** Everything below needs a session and stands in the shell. */
export const app = createRoute({ getParentRoute: () => root, id: "app", beforeLoad: signedInOnly, component: Shell });
