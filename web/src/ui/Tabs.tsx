import { createContext, use, useId } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { cx } from "./cx";

export interface Tab {
  value: string;
  label: ReactNode;
}

interface Props {
  label: string;
  tabs: readonly Tab[];
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
  className?: string;
}

const Current = createContext({ id: "", value: "" });
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/** A row of tabs over `TabPanel`s of the same values; the arrow keys go along it. */
export function Tabs({ label, tabs, value, onChange, children, className }: Props) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const step = STEPS[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : step ? (at + step + tabs.length) % tabs.length : -1;
    const next = tabs[to];
    if (!next) return;
    event.preventDefault();
    onChange(next.value);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[to]?.focus();
  };
  return (
    <Current value={{ id, value }}>
      <div className={className}>
        <div role="tablist" aria-label={label} onKeyDown={onKeyDown} className="flex shrink-0 gap-1 border-b border-line px-2 sm:px-4">
          {tabs.map((tab) => (
            <button
              key={tab.value}
              id={`${id}-tab-${tab.value}`}
              type="button"
              role="tab"
              aria-selected={tab.value === value}
              aria-controls={tab.value === value ? `${id}-panel-${tab.value}` : undefined}
              tabIndex={tab.value === value ? 0 : -1}
              onClick={() => onChange(tab.value)}
              className={cx(
                "-mb-px flex h-9 items-center gap-1.5 border-b-2 px-2 text-sm focus-visible:outline-offset-[-2px] pointer-coarse:h-11",
                tab.value === value ? "border-accent font-medium text-ink" : "border-transparent text-ink-soft hover:text-ink",
              )}
            >
              {tab.label}
            </button>
          ))}
        </div>
        {children}
      </div>
    </Current>
  );
}

/** What is below a tab, while it is the chosen one. */
export function TabPanel({ value, className, children }: { value: string; className?: string; children: ReactNode }) {
  const current = use(Current);
  if (current.value !== value) return null;
  return (
    <div id={`${current.id}-panel-${value}`} role="tabpanel" aria-labelledby={`${current.id}-tab-${value}`} className={className}>
      {children}
    </div>
  );
}
