import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { remove } from "@/api/http";
import { settingsQuery } from "@/api/queries";
import type { GitHubToken } from "@/api/types";
import { texts } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { Loaded } from "@/ui/Loaded";
import { Notice } from "@/ui/Notice";
import { Page, Section } from "@/ui/Page";
import { TextLink } from "@/ui/TextLink";
import { say } from "@/ui/Toast";
import { githubQuery, useStore } from "./credentials";
import { SecretForm } from "./SecretDialog";

const t = texts.settings.github;

export function GitHubPage() {
  const github = useQuery(githubQuery);
  const store = useStore("api/github/pat", githubQuery.queryKey, t.token);
  return (
    <Page title={t.title} description={t.about}>
      <Loaded query={github}>
        {(token) => (
          <>
            {token.configured && <Connected token={token} />}
            <Section title={token.configured ? t.replace : t.how}>
              <div className="grid gap-5">
                <Help />
                <SecretForm
                  key={String(store.isSuccess)}
                  label={t.token}
                  field="token"
                  hint={`${t.checked} ${texts.settings.secret.kept}`}
                  submit={t.save}
                  error={store.error}
                  busy={store.isPending}
                  onSave={(secret) => store.mutate({ token: secret }, { onSuccess: () => store.reset() })}
                />
              </div>
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Connected({ token }: { token: GitHubToken }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const disconnect = useMutation({
    mutationFn: () => remove("api/github/pat"),
    onSuccess: () => say.good(t.removed),
    onSettled: () => {
      setAsking(false);
      return client.invalidateQueries({ queryKey: githubQuery.queryKey });
    },
  });
  const action = (
    <Button size="small" onClick={() => setAsking(true)}>
      {t.remove}
    </Button>
  );
  return (
    <Notice kind="good" title={t.connected(token.username ?? "")} action={action}>
      <p className="text-ink-soft">{t.connectedText}</p>
      <p className="mt-1.5 flex flex-wrap items-center gap-1.5 text-xs text-ink-soft">
        {token.scopes?.length ? (
          <>
            {t.scopes}
            {token.scopes.map((scope) => (
              <Badge key={scope}>{scope}</Badge>
            ))}
          </>
        ) : (
          t.fineGrained
        )}
      </p>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t.removeTitle}
        text={t.removeText}
        action={t.remove}
        danger
        busy={disconnect.isPending}
        onConfirm={() => disconnect.mutate()}
      />
    </Notice>
  );
}

/** Where to make a token at the GitHub that this server works with. */
function Help() {
  const host = useQuery(settingsQuery).data?.settings["github.url"];
  const base = typeof host === "string" ? host : "https://github.com";
  return (
    <ul className="grid gap-1.5 text-sm text-ink-soft">
      <li>
        {t.classicStep}: <TextLink href={`${base}/settings/tokens/new?scopes=repo,read:user&description=Sesame`}>{t.classic}</TextLink>
      </li>
      <li>
        {t.fineStep}: <TextLink href={`${base}/settings/personal-access-tokens/new`}>{t.fine}</TextLink>
      </li>
    </ul>
  );
}
