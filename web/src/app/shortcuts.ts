import { useEffect, useRef, useSyncExternalStore } from "react";

/** A shortcut: `mod+k` (⌘ or Ctrl), one key (`c`), or two after each other (`g t`). */
export interface Shortcut {
  keys: string;
  label: string;
  run: () => void;
}

const shortcuts = new Map<string, Shortcut>();
const listeners = new Set<() => void>();
let snapshot: Shortcut[] = [];
let pending = "";
let pendingSince = 0;

function changed() {
  snapshot = [...shortcuts.values()];
  listeners.forEach((listener) => listener());
}

const SINGLE = "sesame.singleKeys";

export function singleKeysOn(): boolean {
  return localStorage.getItem(SINGLE) !== "off";
}

/** Whoever types by voice or by accident can switch single keys off (WCAG 2.1.4). */
export function setSingleKeys(on: boolean) {
  if (on) localStorage.removeItem(SINGLE);
  else localStorage.setItem(SINGLE, "off");
  changed();
}

function typing(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.repeat || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.metaKey || event.ctrlKey) {
    hit(`mod+${key}`, event);
    return;
  }
  if (typing(event) || !singleKeysOn() || document.querySelector("dialog[open],[role=menu]")) return;
  const sequence = Date.now() - pendingSince < 1200 ? `${pending} ${key}` : "";
  pending = key;
  pendingSince = Date.now();
  if (!hit(sequence, event)) hit(key, event);
}

function hit(keys: string, event: KeyboardEvent): boolean {
  const shortcut = shortcuts.get(keys);
  if (!shortcut) return false;
  event.preventDefault();
  pending = "";
  shortcut.run();
  return true;
}

window.addEventListener("keydown", onKeyDown);

/** While the component is shown, the keys do this. `label` is for the sheet. */
export function useShortcut(keys: string, label: string, run: () => void, enabled = true) {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!enabled) return;
    const shortcut = { keys, label, run: () => latest.current() };
    shortcuts.set(keys, shortcut);
    changed();
    return () => {
      if (shortcuts.get(keys) === shortcut) shortcuts.delete(keys);
      changed();
    };
  }, [keys, label, enabled]);
}

export function useShortcuts(): Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );
}
