import type { ReactNode } from "react";
import { cx } from "./cx";

export interface Column<T> {
  name: string;
  /** Only read out, for a column of buttons. */
  hidden?: boolean;
  cell: (row: T) => ReactNode;
  className?: string;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
}

/** A table that scrolls sideways by itself where it is too wide. */
export function Table<T>({ label, columns, rows, rowKey }: Props<T>) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full text-sm">
        <caption className="sr-only">{label}</caption>
        <thead className="bg-sunken text-left text-xs text-ink-soft">
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={cx("px-3 py-2 font-medium whitespace-nowrap", column.className)}>
                {column.hidden ? <span className="sr-only">{column.name}</span> : column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-t border-line hover:bg-hover">
              {columns.map((column) => (
                <td key={column.name} className={cx("px-3 py-2 align-middle", column.className)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
