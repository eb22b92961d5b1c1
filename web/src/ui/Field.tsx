import { useId } from "react";
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import { texts } from "@/texts";
import { cx } from "./cx";

export const inputClass =
  "w-full rounded-md border border-line-strong/60 bg-raised px-2.5 text-sm text-ink " +
  "hover:border-line-strong disabled:bg-sunken disabled:text-ink-faint " +
  "aria-invalid:border-bad focus-visible:outline-offset-0 max-sm:text-base pointer-coarse:text-lg";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** Only for readers who hear the page. */
  hideLabel?: boolean;
}

interface Parts {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** A label, a control, a hint and what is wrong, tied together. `children` gets the attributes of the control. */
export function Field({ label, hint, error, optional, hideLabel, children }: FieldProps & { children: (parts: Parts) => ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium"}>
        {label}
        {optional && <span className="font-normal text-ink-faint"> ({texts.common.optional})</span>}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-ink-faint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = FieldProps & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

export function TextField({ label, hint, error, optional, hideLabel, className, ...rest }: TextFieldProps) {
  return (
    <Field {...fieldProps({ label, hint, error, optional, hideLabel })}>
      {(parts) => <input {...rest} {...parts} className={cx(inputClass, "h-8 pointer-coarse:h-10", className)} />}
    </Field>
  );
}

type TextAreaProps = FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> };

export function TextAreaField({ label, hint, error, optional, hideLabel, className, ...rest }: TextAreaProps) {
  return (
    <Field {...fieldProps({ label, hint, error, optional, hideLabel })}>
      {(parts) => <textarea {...rest} {...parts} className={cx(inputClass, "py-1.5", className)} />}
    </Field>
  );
}

type SelectProps = FieldProps &
  SelectHTMLAttributes<HTMLSelectElement> & { options: readonly { value: string; label: string }[] };

export function SelectField({ label, hint, error, optional, hideLabel, options, className, ...rest }: SelectProps) {
  return (
    <Field {...fieldProps({ label, hint, error, optional, hideLabel })}>
      {(parts) => (
        <select {...rest} {...parts} className={cx(inputClass, "h-8 pr-7 pointer-coarse:h-10", className)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function fieldProps(all: { [K in keyof FieldProps]: FieldProps[K] | undefined }): FieldProps {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as FieldProps;
}
