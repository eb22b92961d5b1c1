import { LogOut } from "lucide-react";
import { useSignOut } from "@/auth/account";
import { useUser } from "@/auth/useUser";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { Page, Section } from "@/ui/Page";
import { NameForm } from "./NameForm";
import { PasswordForm } from "./PasswordForm";

const t = texts.settings.profile;

export function ProfilePage() {
  const user = useUser();
  const signOut = useSignOut();
  if (!user) return null;
  const facts = [
    { name: t.email, value: user.email },
    { name: t.role, value: t.roles[user.role] },
    { name: t.since, value: new Date(user.createdAt).toLocaleDateString(undefined, { dateStyle: "long" }) },
  ];
  const out = (
    <Button busy={signOut.isPending} onClick={() => signOut.mutate()}>
      <LogOut size={15} aria-hidden />
      {texts.auth.signOut}
    </Button>
  );
  return (
    <Page title={t.title} description={t.about} actions={out}>
      <NameForm name={user.name} />
      <dl className="grid gap-x-6 gap-y-3 rounded-xl border border-line px-4 py-4 text-sm sm:grid-cols-[10rem_1fr]">
        {facts.map((fact) => (
          <div key={fact.name} className="grid sm:col-span-2 sm:grid-cols-subgrid">
            <dt className="text-ink-soft">{fact.name}</dt>
            <dd className="min-w-0 font-medium break-words">{fact.value}</dd>
          </div>
        ))}
      </dl>
      <Section title={texts.settings.password.title}>
        <PasswordForm email={user.email} />
      </Section>
    </Page>
  );
}
