import { texts } from "@/texts";

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** 1.5 GB, 512 MB. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

export interface Fullness {
  /** Used, 0 to 100. */
  percent: number;
  /** Whether somebody should do something. */
  low: boolean;
  text: string;
}

/** How full a disk or a memory is. */
export function fullness({ total, free }: { total: number; free: number }): Fullness {
  const percent = total === 0 ? 0 : Math.round(((total - free) / total) * 100);
  return { percent, low: percent >= 90, text: texts.admin.system.freeOf(bytes(free), bytes(total)) };
}
