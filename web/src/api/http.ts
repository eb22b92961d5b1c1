import type { Problem } from "./types";

/** The server said no; `detail` is for the reader. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ApiError";
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** The server could not be reached, or what answered was no Sesame. */
export class Unreachable extends Error {}

/** The address of a path of the API, wherever the server stands. */
export function address(path: string): string {
  return new URL(path.replace(/^\//, ""), document.baseURI).href;
}

export interface Options {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

async function send(path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  const init: RequestInit = { method: options.method ?? "GET", headers, credentials: "same-origin" };
  if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(options.body);
  }
  if (options.signal) init.signal = options.signal;
  let response: Response;
  try {
    response = await fetch(address(path), init);
  } catch (failure) {
    if (options.signal?.aborted) throw failure;
    throw new Unreachable(String(failure));
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response: Response): Promise<Error> {
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.includes("json")) return new Unreachable(`${response.status} ${response.statusText}`);
  return new ApiError((await response.json()) as Problem);
}

/** Calls the API; `undefined` where the answer has no body. Throws ApiError or Unreachable. */
export async function request<T>(path: string, options: Options = {}): Promise<T> {
  const text = await (await send(path, options)).text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export async function requestText(path: string, signal?: AbortSignal): Promise<string> {
  const options: Options = { headers: { Accept: "*/*" } };
  if (signal) options.signal = signal;
  return (await send(path, options)).text();
}

export function post<T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
  return request<T>(path, { method: "POST", body, ...(headers ? { headers } : {}) });
}

export function remove(path: string): Promise<void> {
  return request<void>(path, { method: "DELETE" });
}
