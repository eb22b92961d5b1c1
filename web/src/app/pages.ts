import { texts } from "@/texts";

/** A page under Settings or Admin. To add one: web/README.md. */
export interface PageEntry {
  to: string;
  label: string;
}

/** In the order of their navigation; the first is what opens. */
export const settingsPages: PageEntry[] = [{ to: "/settings/appearance", label: texts.settings.appearance }];
export const adminPages: PageEntry[] = [];
