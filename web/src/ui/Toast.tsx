import { Toast as Base } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import type { ReactNode } from "react";
import { texts } from "@/texts";
import { IconButton } from "./Button";

const manager = Base.createToastManager();

/** Says something in the corner of the page, from anywhere. */
export const say = {
  good: (text: string) => void manager.add({ description: text, type: "good" }),
  info: (text: string) => void manager.add({ description: text, type: "info" }),
  error: (text: string) => void manager.add({ description: text, type: "error", priority: "high", timeout: 8000 }),
};

const ICONS: Record<string, ReactNode> = {
  good: <CircleCheck size={16} className="text-good" aria-hidden />,
  error: <CircleAlert size={16} className="text-bad" aria-hidden />,
  info: <Info size={16} className="text-ask" aria-hidden />,
};

function List() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="pointer-events-auto flex items-start gap-2.5 rounded-lg border border-line bg-raised py-2.5 pr-2 pl-3 shadow-raised transition-all data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <span className="mt-0.5">{ICONS[toast.type ?? "info"]}</span>
      <Base.Description className="min-w-0 flex-1 py-px text-sm" />
      <Base.Close render={<IconButton label={texts.common.close} icon={<X size={14} />} className="size-6!" />} />
    </Base.Root>
  ));
}

export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager}>
      {children}
      <Base.Portal>
        <Base.Viewport className="pointer-events-none fixed right-4 bottom-4 z-50 grid w-[min(24rem,calc(100vw-2rem))] gap-2 max-md:bottom-20">
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}
