import { ApiError } from "@/api/http";
import { explain } from "./query";

export interface FieldErrors {
  /** By the field's name as the API has it. */
  of: Record<string, string>;
  /** What is about no field of the form. */
  rest: string | undefined;
}

const NONE: FieldErrors = { of: {}, rest: undefined };

/**
 * Puts what the server refused to the field that it is about: the detail begins with the field's name, or an error of
 * /api/auth has a code that belongs to one.
 *
 * @param labels what the form calls its fields, by their names in the API
 * @param codes the field of a code, and what to say
 */
export function fieldErrors(error: unknown, labels: Record<string, string>, codes: Record<string, { field: string; text?: string }> = {}): FieldErrors {
  if (!error) return NONE;
  if (!(error instanceof ApiError)) return { of: {}, rest: explain(error) };
  const { detail, code } = error.problem;
  const byCode = code === undefined ? undefined : codes[code];
  if (byCode) return { of: { [byCode.field]: byCode.text ?? detail }, rest: undefined };
  const names = Object.keys(labels).sort((a, b) => b.length - a.length);
  const name = names.find((each) => detail.startsWith(each) && !/[\w.]/.test(detail.charAt(each.length)));
  if (name === undefined) return { of: {}, rest: detail };
  const rest = detail.slice(name.length).replace(/^:?\s+/, "");
  const text = detail.charAt(name.length) === ":" ? rest.charAt(0).toUpperCase() + rest.slice(1) : `${labels[name]} ${rest}`;
  return { of: { [name]: text }, rest: undefined };
}
