import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { address } from "@/api/http";
import { settingsQuery } from "@/api/queries";
import { texts } from "@/texts";
import { CopyText } from "@/ui/CopyText";
import { Loaded } from "@/ui/Loaded";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import type { SettingPage } from "./settingGroups";
import { schemaQuery } from "./settings";
import { SettingsForm } from "./SettingsForm";

const t = texts.admin.settings;

function SettingsPage({ page, children }: { page: SettingPage; children?: ReactNode }) {
  const schema = useQuery(schemaQuery);
  const answer = useQuery(settingsQuery);
  return (
    <Page title={t[page]} description={t.about[page]}>
      {children}
      <Loaded query={answer}>
        {(values) => (
          <Loaded query={schema}>{(fields) => <SettingsForm page={page} fields={fields} answer={values} />}</Loaded>
        )}
      </Loaded>
    </Page>
  );
}

export function RegistrationPage() {
  return <SettingsPage page="registration" />;
}

export function ServerSettingsPage() {
  return <SettingsPage page="server" />;
}

export function SandboxPage() {
  const security = useQuery(settingsQuery).data?.settings["sandboxSecurity.enabled"];
  return (
    <SettingsPage page="sandbox">
      {security === false && (
        <Notice kind="warning" title={t.securityOff}>
          {t.securityOffText}
        </Notice>
      )}
    </SettingsPage>
  );
}

export function OidcPage() {
  const provider = useQuery(settingsQuery).data?.settings["oidc.providerId"];
  return (
    <SettingsPage page="oidc">
      {typeof provider === "string" && (
        <div className="grid gap-1.5">
          <p className="text-sm font-medium">{t.callback}</p>
          <CopyText label={t.callback} text={address(`api/auth/oauth2/callback/${provider}`)} />
        </div>
      )}
    </SettingsPage>
  );
}
