import type { SettingField } from "@/api/types";
import { texts } from "@/texts";

export type SettingPage = "registration" | "oidc" | "sandbox" | "server";
export type GroupName = keyof typeof texts.admin.settings.groups;

/** Which page and group a setting belongs to, by the beginning of its key; the first that fits. */
const PLACES: readonly [prefix: string, page: SettingPage, group: GroupName][] = [
  ["registration.", "registration", "registration"],
  ["gravatar.", "registration", "registration"],
  ["smtp.", "registration", "mail"],
  ["oidc.authorizationUrl", "oidc", "oidcEndpoints"],
  ["oidc.tokenUrl", "oidc", "oidcEndpoints"],
  ["oidc.userInfoUrl", "oidc", "oidcEndpoints"],
  ["oidc.", "oidc", "oidc"],
  ["sandboxSecurity.enabled", "sandbox", "sandbox"],
  ["sandboxProvider.", "sandbox", "sandbox"],
  ["docker.", "sandbox", "sandbox"],
  ["sandbox", "sandbox", "network"],
  ["tasks.", "server", "tasks"],
  ["agents.", "server", "agents"],
  ["git", "server", "git"],
  ["ai.", "server", "ai"],
  ["rateLimit.", "server", "limits"],
  ["server.", "server", "server"],
  ["events.", "server", "server"],
  ["metrics.", "server", "server"],
  // A setting that is newer than this table is shown all the same.
  ["", "server", "other"],
];

export interface SettingGroup {
  name: GroupName;
  fields: SettingField[];
}

/** The groups of a page, each setting of the schema in exactly one. */
export function settingGroups(page: SettingPage, fields: readonly SettingField[]): SettingGroup[] {
  const groups: SettingGroup[] = [];
  for (const place of PLACES.filter((each) => each[1] === page)) {
    if (groups.some((group) => group.name === place[2])) continue;
    const members = fields.filter((field) => groupOf(field.key) === place[2]);
    if (members.length > 0) groups.push({ name: place[2], fields: members });
  }
  return groups;
}

function groupOf(key: string): GroupName {
  return PLACES.find(([prefix]) => key.startsWith(prefix))?.[2] ?? "other";
}

export function settingLabel(key: string): string {
  return texts.admin.settings.labels[key] ?? key;
}
