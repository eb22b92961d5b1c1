import { texts } from "@/texts";

const ACTIONS = texts.admin.audit.actions;

/** All actions, for the filter. */
export const AUDIT_ACTIONS = Object.entries(ACTIONS).map(([value, label]) => ({ value, label }));

export function actionText(action: string): string {
  return (ACTIONS as Record<string, string>)[action] ?? action;
}

/** The details as name and text, without what is empty. */
export function detailPairs(details: Record<string, unknown>): [name: string, text: string][] {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)]);
}
