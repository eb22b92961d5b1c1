import type { Permissions } from "@/api/types";
import { texts } from "@/texts";

export type Resource = keyof typeof texts.settings.keys.resources;

/** One thing that a key can be allowed, as `resource:action`. */
export interface Grant {
  id: string;
  resource: Resource;
  action: string;
  text: string;
}

const RESOURCES = Object.keys(texts.settings.keys.resources) as Resource[];

/** All that the owner can give a key, in the order of the form. */
export function grants(admin: boolean): Grant[] {
  return RESOURCES.filter((resource) => admin || resource !== "admin").flatMap((resource) => {
    const { label: _, ...actions } = texts.settings.keys.resources[resource];
    return Object.entries(actions).map(([action, text]) => ({ id: `${resource}:${action}`, resource, action, text }));
  });
}

/** What a new key can do unless its owner chooses otherwise; the server has the same default. */
export const USUAL: readonly string[] = ["tasks:read", "tasks:write", "repos:read", "settings:read"];

export function toPermissions(ids: Iterable<string>): Permissions {
  const permissions: Permissions = {};
  for (const id of ids) {
    const [resource = "", action = ""] = id.split(":");
    (permissions[resource] ??= []).push(action);
  }
  return permissions;
}

/** In a line, for instance `Tasks, Repositories (read)`. */
export function summary(permissions: Permissions): string {
  return Object.entries(permissions)
    .filter(([, actions]) => actions.length > 0)
    .map(([resource, actions]) => {
      const known = texts.settings.keys.resources[resource as Resource] as Record<string, string> | undefined;
      const all = known ? Object.keys(known).length - 1 : actions.length;
      return `${known?.["label"] ?? resource}${actions.length < all ? ` (${actions.join(", ")})` : ""}`;
    })
    .join(" · ");
}
