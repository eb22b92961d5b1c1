import { redirect } from "@tanstack/react-router";
import { sessionQuery, setupQuery } from "@/api/queries";
import { queryClient } from "./query";

/** Lets only who is signed in through; others go to the sign-in page, or to the setup page while nobody has an account. */
export async function signedInOnly({ location }: { location: { href: string } }) {
  if (await queryClient.ensureQueryData(sessionQuery)) return;
  const setup = await queryClient.ensureQueryData(setupQuery);
  if (!setup.hasAdmin) throw redirect({ to: "/setup" });
  throw redirect({ to: "/login", search: location.href === "/" ? {} : { next: location.href } });
}

export async function adminOnly() {
  const session = await queryClient.ensureQueryData(sessionQuery);
  if (session?.user.role !== "admin") throw redirect({ to: "/" });
}

/** The pages for who has no session yet. */
export async function setupOnly() {
  const setup = await queryClient.ensureQueryData(setupQuery);
  if (setup.hasAdmin) throw redirect({ to: "/" });
}

export async function anonymousOnly() {
  if (await queryClient.ensureQueryData(sessionQuery)) throw redirect({ to: "/" });
  const setup = await queryClient.ensureQueryData(setupQuery);
  if (!setup.hasAdmin) throw redirect({ to: "/setup" });
}
