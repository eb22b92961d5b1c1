import type { Task } from "@/api/types";
import { standing, type Standing } from "@/tasks/standing";
import { texts } from "@/texts";

const KEY = "sesame.notify";
const seen = new Map<string, Standing>();
let open: (taskId: string) => void = () => {};

export function onNotificationClick(go: (taskId: string) => void) {
  open = go;
}

export function notificationsOn(): boolean {
  return "Notification" in window && Notification.permission === "granted" && localStorage.getItem(KEY) === "on";
}

/** Asks the browser if need be; answers whether they are on now. */
export async function setNotifications(on: boolean): Promise<boolean> {
  if (!on) localStorage.removeItem(KEY);
  else if ("Notification" in window && (await Notification.requestPermission()) === "granted") localStorage.setItem(KEY, "on");
  return notificationsOn();
}

const WORTH: Standing[] = ["asking", "completed", "failed"];

/** Tells who is not looking that a task ended or asks. One of the open tabs does it: the browser joins equal tags. */
export function notifyOf(task: Task) {
  const now = standing(task);
  const before = seen.get(task.id);
  seen.set(task.id, now);
  if (before === undefined || before === now || !WORTH.includes(now) || !document.hidden || !notificationsOn()) return;
  try {
    const notification = new Notification(texts.tasks.status[now], { body: task.title, tag: task.id });
    notification.onclick = () => {
      window.focus();
      open(task.id);
      notification.close();
    };
  } catch {
    // Browsers of phones let only service workers notify.
  }
}
