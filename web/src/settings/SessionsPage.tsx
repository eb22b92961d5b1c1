import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { useState } from "react";
import { post, request } from "@/api/http";
import { sessionQuery } from "@/api/queries";
import type { Session } from "@/api/types";
import { texts } from "@/texts";
import { Ago } from "@/ui/Ago";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { Loaded } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { Row, Rows } from "@/ui/Rows";
import { say } from "@/ui/Toast";
import { client } from "./userAgent";

const t = texts.settings.sessions;
const sessionsQuery = { queryKey: ["sessions"], queryFn: () => request<Session[]>("api/auth/list-sessions") };

export function SessionsPage() {
  const here = useQuery(sessionQuery).data?.session.id;
  const sessions = useQuery(sessionsQuery);
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const again = () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  const end = useMutation({
    mutationFn: (token: string) => post("api/auth/revoke-session", { token }),
    onSuccess: () => say.good(t.ended),
    onSettled: again,
  });
  const endOthers = useMutation({
    mutationFn: () => post("api/auth/revoke-other-sessions"),
    onSuccess: () => {
      setAsking(false);
      say.good(t.othersEnded);
    },
    onSettled: again,
  });
  const several = (sessions.data?.length ?? 0) > 1;
  return (
    <Page title={t.title} description={t.about} actions={several && <Button onClick={() => setAsking(true)}>{t.endOthers}</Button>}>
      <Loaded query={sessions}>
        {(all) => (
          <Rows label={t.title}>
            {[...all].sort((a, b) => Number(b.id === here) - Number(a.id === here) || b.updatedAt.localeCompare(a.updatedAt)).map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                here={session.id === here}
                busy={end.isPending && end.variables === session.token}
                onEnd={() => end.mutate(session.token)}
              />
            ))}
          </Rows>
        )}
      </Loaded>
      {sessions.data?.length === 1 && <p className="text-sm text-ink-soft">{t.only}</p>}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t.endOthersTitle}
        text={t.endOthersText}
        action={t.endOthers}
        danger
        busy={endOthers.isPending}
        onConfirm={() => endOthers.mutate()}
      />
    </Page>
  );
}

function SessionRow({ session, here, busy, onEnd }: { session: Session; here: boolean; busy: boolean; onEnd: () => void }) {
  const { browser, system, phone } = client(session.userAgent);
  const name = browser && system ? t.on(browser, system) : (browser ?? system ?? t.unknown);
  return (
    <Row
      icon={phone ? <Smartphone size={18} /> : <Monitor size={18} />}
      title={name}
      badges={here && <Badge look="good">{t.here}</Badge>}
      actions={
        !here && (
          <Button size="small" busy={busy} onClick={onEnd} aria-label={`${t.end}: ${name}`}>
            {t.end}
          </Button>
        )
      }
    >
      {session.ipAddress && <span>{session.ipAddress}</span>}
      <span>
        {t.active} <Ago iso={session.updatedAt} />
      </span>
    </Row>
  );
}
