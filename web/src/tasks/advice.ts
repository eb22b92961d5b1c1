import { texts } from "@/texts";

/** What a reader can do about a failure. */
export function adviceFor(code: string): string | undefined {
  return (texts.tasks.advice as Record<string, string>)[code];
}
