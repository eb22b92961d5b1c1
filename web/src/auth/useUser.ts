import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "@/api/queries";
import type { User } from "@/api/types";

/** Who is signed in; below the shell there is always one. */
export function useUser(): User | undefined {
  return useQuery(sessionQuery).data?.user;
}

export function useUserId(): string {
  return useUser()?.id ?? "";
}
