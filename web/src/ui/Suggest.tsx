import { Autocomplete as Base } from "@base-ui/react/autocomplete";
import { Check } from "lucide-react";
import { useId } from "react";
import type { ReactNode } from "react";
import { texts } from "@/texts";
import { cx } from "./cx";
import { inputClass } from "./Field";
import { Spinner } from "./Spinner";

export interface Suggestion {
  value: string;
  remark?: ReactNode;
}

interface Props {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  placeholder?: string;
  required?: boolean;
  value: string;
  onChange: (value: string) => void;
  suggestions: readonly Suggestion[];
  loading?: boolean;
  icon?: ReactNode;
}

/** A text box that suggests while one types. What is typed counts, also where nothing suggests it. */
export function Suggest({ label, hint, error, optional, placeholder, required, value, onChange, suggestions, loading, icon }: Props) {
  const id = useId();
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {optional && <span className="font-normal text-ink-faint"> ({texts.common.optional})</span>}
      </label>
      <Base.Root
        items={suggestions as Suggestion[]}
        itemToStringValue={(item: Suggestion) => item.value}
        value={value}
        onValueChange={onChange}
        openOnInputClick
        limit={50}
      >
        <div className="relative">
          <span className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint" aria-hidden>
            {loading ? <Spinner /> : icon}
          </span>
          <Base.Input
            id={id}
            required={required}
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            aria-describedby={hint || error ? `${id}-hint` : undefined}
            aria-invalid={error ? true : undefined}
            className={cx(inputClass, "h-8 pl-8 pointer-coarse:h-10")}
          />
        </div>
        <Base.Portal>
          <Base.Positioner sideOffset={4} className="z-40">
            <Base.Popup className="max-h-72 w-[max(var(--anchor-width),14rem)] overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-raised empty:hidden data-empty:hidden">
              <Base.List aria-label={label}>
                {(item: Suggestion) => (
                  <Base.Item
                    key={item.value}
                    value={item}
                    className="flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm data-highlighted:bg-selected pointer-coarse:min-h-10"
                  >
                    <Check size={14} aria-hidden className={cx("shrink-0", item.value === value ? "text-accent-ink" : "invisible")} />
                    <span className="min-w-0 flex-1 truncate">{item.value}</span>
                    {item.remark && <span className="text-xs text-ink-faint">{item.remark}</span>}
                  </Base.Item>
                )}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
      {(error ?? hint) && (
        <p id={`${id}-hint`} className={cx("text-xs", error ? "font-medium text-bad" : "text-ink-faint")} role={error ? "alert" : undefined}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
