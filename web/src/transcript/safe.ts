// Characters that change how those around them are shown, so that text reads other than it runs, and controls that no
// reader sees.
const HIDDEN = /[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u061c\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** The text with what is meant to deceive made visible: `‹U+202E›`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}›`);
}

/** Only addresses of the web are links. */
export function safeLink(href: string | undefined): string | undefined {
  return href !== undefined && /^(https?:|mailto:)/i.test(href.trim()) ? href.trim() : undefined;
}
