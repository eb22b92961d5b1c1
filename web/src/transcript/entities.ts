import { visible } from "./safe";

const NAMED: Record<string, string> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", copy: "©", reg: "®", trade: "™", hellip: "…", ndash: "–",
  mdash: "—", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", laquo: "«", raquo: "»", bull: "•", middot: "·", times: "×",
  larr: "←", rarr: "→", uarr: "↑", darr: "↓", deg: "°", le: "≤", ge: "≥", ne: "≠", euro: "€",
};

/** Text with the usual character references read; rare names stay as they are written. */
export function decoded(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (all, decimal, hex, name) => {
    if (name) return NAMED[name] ?? all;
    const code = decimal ? Number(decimal) : parseInt(hex, 16);
    // What would deceive is made visible here as well.
    return code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? visible(String.fromCodePoint(code)) : all;
  });
}
