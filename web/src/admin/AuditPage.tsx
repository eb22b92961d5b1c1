import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { SelectField } from "@/ui/Field";
import { Loaded } from "@/ui/Loaded";
import { Empty, Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { AuditList } from "./AuditList";
import { AUDIT_ACTIONS } from "./auditWords";
import { auditQuery, PAGE, usersQuery } from "./queries";

const t = texts.admin.audit;
const route = getRouteApi("/app/admin/audit");
const MOST_USERS = 200;

/** The filters are in the address, so that what one found can be sent to somebody. */
export function AuditPage() {
  const { action, actor, offset = 0 } = route.useSearch();
  const navigate = route.useNavigate();
  const entries = useQuery(auditQuery({ action, actor }, offset));
  const users = useQuery(usersQuery("", 0, MOST_USERS)).data?.users ?? [];
  const names = new Map([...users.map((user) => [user.id, user.name] as const), ["console", t.console], ["anonymous", t.anonymous]]);
  const filter = (change: { action?: string | undefined; actor?: string | undefined }) => {
    void navigate({ search: { ...(action ? { action } : {}), ...(actor ? { actor } : {}), ...clean(change) } });
  };
  const actors = [{ value: "", label: t.anyActor }, ...[...names].map(([value, label]) => ({ value, label }))];
  return (
    <Page title={t.title} description={t.about}>
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          label={t.action}
          options={[{ value: "", label: t.anyAction }, ...AUDIT_ACTIONS]}
          value={action ?? ""}
          onChange={(event) => filter({ action: event.target.value })}
        />
        <SelectField label={t.actor} options={actors} value={actor ?? ""} onChange={(event) => filter({ actor: event.target.value })} />
        {(action || actor) && (
          <Button look="quiet" onClick={() => void navigate({ search: {} })}>
            {t.clear}
          </Button>
        )}
      </div>
      <Loaded query={entries}>
        {(page) =>
          page.entries.length === 0 ? (
            <Empty icon={<ScrollText size={28} />} title={t.emptyTitle}>
              {t.emptyText}
            </Empty>
          ) : (
            <>
              <AuditList entries={page.entries} names={names} />
              <Pager
                offset={offset}
                limit={PAGE}
                total={page.total}
                onGo={(next) => void navigate({ search: (before) => ({ ...before, offset: next }) })}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

/** Undefined where a filter is taken off: it leaves the address. */
function clean(change: { action?: string | undefined; actor?: string | undefined }) {
  return Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value === "" ? undefined : value]));
}
