import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { post } from "@/api/http";
import { forget } from "@/api/live/live";
import { sessionQuery } from "@/api/queries";

export interface SignIn {
  email: string;
  password: string;
}

export interface SignUp extends SignIn {
  name: string;
  setupToken?: string;
}

/** Without a token where the e-mail address must be confirmed first. */
interface Entered {
  token: string | null;
}

/** Signs in or up and goes where the reader wanted to; the form shows what fails. */
export function useEnter<T extends SignIn>(path: "sign-in/email" | "sign-up/email", next: string) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (body: T) => post<Entered>(`api/auth/${path}`, body),
    meta: { quiet: true },
    onSuccess: async ({ token }) => {
      if (token === null) return;
      client.clear();
      await client.fetchQuery(sessionQuery);
      // A whole address of ours, with its search; the router's own navigation takes them only apart.
      router.history.push(router.basepath.replace(/\/$/, "") + next);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: () => post("api/auth/sign-out"),
    onSuccess: async () => {
      forget();
      client.clear();
      await router.navigate({ to: "/login" });
    },
  });
}

/** Only a path of ours: an address from outside must not lead elsewhere after the sign-in. */
export function safeNext(next: unknown): string {
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : "/";
}
