import { Menu as Base } from "@base-ui/react/menu";
import type { ReactNode } from "react";

const itemClass =
  "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none " +
  "data-highlighted:bg-hover data-disabled:opacity-55 pointer-coarse:min-h-10";

export function MenuItem({ icon, children, onSelect, disabled }: { icon?: ReactNode; children: ReactNode; onSelect: () => void; disabled?: boolean }) {
  return (
    <Base.Item className={itemClass} onClick={onSelect} disabled={disabled ?? false}>
      <span className="text-ink-faint">{icon}</span>
      {children}
    </Base.Item>
  );
}

export function MenuChoice<T extends string>({ label, value, options, onChange }: { label: string; value: T; options: readonly { value: T; label: string }[]; onChange: (value: T) => void }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs text-ink-faint">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick className={itemClass}>
            <span className="inline-flex size-3.5 items-center justify-center rounded-full border border-line-strong">
              <Base.RadioItemIndicator className="size-2 rounded-full bg-accent" />
            </span>
            {option.label}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export function MenuLine() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}
