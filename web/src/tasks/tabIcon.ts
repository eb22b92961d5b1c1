import { useEffect } from "react";
import { address } from "@/api/http";
import type { Standing } from "./standing";

const COLOUR: Partial<Record<Standing, string>> = {
  running: "#e09a26",
  asking: "#2f7fe6",
  completed: "#2a9d5c",
  failed: "#d8443d",
};

function dotted(colour: string): string {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#5552c9"/>' +
    '<path d="M16 5.5c4.4 4 6.6 7.9 6.6 11.7 0 4.9-2.9 8.8-6.6 8.8s-6.6-3.9-6.6-8.8c0-3.8 2.2-7.7 6.6-11.7Z" fill="#fff"/>' +
    `<circle cx="24" cy="24" r="7.5" fill="${colour}" stroke="#fff" stroke-width="2"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** The tab's icon shows how the task stands, for who works in another tab. */
export function useTabIcon(standing: Standing) {
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>("#icon");
    const colour = COLOUR[standing];
    if (!icon || !colour) return;
    icon.href = dotted(colour);
    return () => {
      icon.href = address("icon.svg");
    };
  }, [standing]);
}
