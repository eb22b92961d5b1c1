import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { texts } from "@/texts";
import { IconButton } from "./Button";

type Kind = "good" | "info" | "error";

interface Toast {
  id: number;
  kind: Kind;
  text: string;
}

const LIFE = { good: 4000, info: 5000, error: 9000 };
let toasts: readonly Toast[] = [];
let next = 0;
const listeners = new Set<() => void>();

function set(changed: readonly Toast[]) {
  toasts = changed;
  listeners.forEach((listener) => listener());
}

function dismiss(id: number) {
  set(toasts.filter((toast) => toast.id !== id));
}

function add(kind: Kind, text: string) {
  const id = next++;
  set([...toasts.filter((toast) => toast.text !== text), { id, kind, text }].slice(-4));
  setTimeout(() => dismiss(id), LIFE[kind]);
}

/** Says something in the corner of the page, from anywhere. */
export const say = {
  good: (text: string) => add("good", text),
  info: (text: string) => add("info", text),
  error: (text: string) => add("error", text),
};

const ICONS: Record<Kind, ReactNode> = {
  good: <CircleCheck size={16} className="text-good" aria-hidden />,
  error: <CircleAlert size={16} className="text-bad" aria-hidden />,
  info: <Info size={16} className="text-ask" aria-hidden />,
};

/** Where they are shown: once, at the end of the page. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed right-4 bottom-4 z-50 grid w-[min(24rem,calc(100vw-2rem))] gap-2 max-md:bottom-20">
      {shown.map((toast) => (
        <div key={toast.id} className="pointer-events-auto flex items-start gap-2.5 rounded-lg border border-line bg-raised py-2.5 pr-2 pl-3 shadow-raised">
          <span className="mt-0.5">{ICONS[toast.kind]}</span>
          <p className="min-w-0 flex-1 py-px text-sm">{toast.text}</p>
          <IconButton label={texts.common.close} icon={<X size={14} />} className="size-6!" onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
