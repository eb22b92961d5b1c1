import { useMutation, useQuery } from "@tanstack/react-query";
import { post } from "@/api/http";
import { setupQuery } from "@/api/queries";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";

const t = texts.auth;

/** A sign-in elsewhere, where the server offers one. */
export function ProviderButtons({ next }: { next: string }) {
  const providers = useQuery(setupQuery).data?.providers ?? [];
  const go = useMutation({
    mutationFn: (providerId: string) =>
      post<{ url: string }>("api/auth/sign-in/oauth2", { providerId, callbackURL: next, errorCallbackURL: "/login" }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  if (providers.length === 0) return null;
  return (
    <div className="mt-4 grid gap-4">
      <p className="flex items-center gap-3 text-xs text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t.or}
      </p>
      {providers.map((provider) => (
        <Button key={provider.id} busy={go.isPending} onClick={() => go.mutate(provider.id)}>
          {t.with(provider.name)}
        </Button>
      ))}
    </div>
  );
}

/** What came back in the address when it did not work. */
export function providerError(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  return (t.providerErrors as Record<string, string>)[code] ?? t.providerErrors.other;
}
