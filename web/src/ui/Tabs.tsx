import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

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

/** A row of tabs over `TabPanel`s of the same values. */
export function Tabs({ label, tabs, value, onChange, children, className }: Props) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(String(next))} className={className ?? ""}>
      <Base.List aria-label={label} className="flex shrink-0 gap-1 border-b border-line px-4">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2 text-sm text-ink-soft hover:text-ink focus-visible:outline-offset-[-2px] data-active:border-accent data-active:font-medium data-active:text-ink"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {children}
    </Base.Root>
  );
}

export const TabPanel = Base.Panel;
