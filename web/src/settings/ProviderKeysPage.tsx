import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ExternalLink } from "lucide-react";
import { useState } from "react";
import type { ProviderKey } from "@/api/types";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { Loaded } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { Rows } from "@/ui/Rows";
import { TextLink } from "@/ui/TextLink";
import { providersQuery, useRemove, useStore } from "./credentials";
import { providerName, PROVIDERS } from "./providers";
import { SecretDialog } from "./SecretDialog";
import { SecretRow } from "./SecretRow";

const t = texts.settings.providers;

export function ProviderKeysPage() {
  const keys = useQuery(providersQuery);
  const [all, setAll] = useState(false);
  return (
    <Page title={t.title} description={t.about}>
      <Loaded query={keys}>
        {(list) => {
          const main = list.filter((key) => PROVIDERS[key.provider]?.main);
          const others = list.filter((key) => !PROVIDERS[key.provider]?.main && (all || key.configured));
          return (
            <>
              <KeyRows label={t.title} keys={main} />
              <section className="grid gap-3" aria-label={t.others}>
                <div>
                  <h2 className="text-base font-semibold">{t.others}</h2>
                  <p className="text-sm text-ink-soft">{t.othersAbout}</p>
                </div>
                {others.length > 0 && <KeyRows label={t.others} keys={others} />}
                {!all && (
                  <div>
                    <Button onClick={() => setAll(true)}>
                      <ChevronDown size={15} aria-hidden />
                      {t.showOthers}
                    </Button>
                  </div>
                )}
              </section>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function KeyRows({ label, keys }: { label: string; keys: readonly ProviderKey[] }) {
  return (
    <Rows label={label}>
      {keys.map((key) => (
        <KeyRow key={key.provider} provider={key} />
      ))}
    </Rows>
  );
}

function KeyRow({ provider: { provider, configured } }: { provider: ProviderKey }) {
  const name = providerName(provider);
  const site = PROVIDERS[provider]?.site;
  const { queryKey } = providersQuery;
  const store = useStore("api/api-keys", queryKey, t.dialog(name));
  const remove = useRemove<ProviderKey>(`api/api-keys/${provider}`, queryKey, (key) => key.provider === provider);
  const [open, setOpen] = useState(false);
  const change = (next: boolean) => {
    store.reset();
    setOpen(next);
  };
  return (
    <>
      <SecretRow
        name={name}
        configured={configured}
        removeText={t.removeText}
        removing={remove.isPending}
        onSet={() => change(true)}
        onRemove={(done) => remove.mutate(undefined, { onSettled: done })}
      />
      <SecretDialog
        open={open}
        onOpenChange={change}
        title={t.dialog(name)}
        label={t.key}
        field="key"
        error={store.error}
        busy={store.isPending}
        onSave={(key) => store.mutate({ provider, key }, { onSuccess: () => change(false) })}
      >
        {site && (
          <p className="text-sm">
            <TextLink href={site}>
              {t.get} <ExternalLink size={12} className="inline" aria-hidden />
            </TextLink>
          </p>
        )}
      </SecretDialog>
    </>
  );
}
