import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { AccessKey } from "@/api/types";
import { texts } from "@/texts";
import { Ago } from "@/ui/Ago";
import { Badge } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { Loaded } from "@/ui/Loaded";
import { Empty, Page } from "@/ui/Page";
import { Row, Rows } from "@/ui/Rows";
import { useNow } from "@/ui/time";
import { keysQuery, useDeleteKey, useEnableKey } from "./keys";
import { NewKeyDialog } from "./NewKeyDialog";
import { summary } from "./permissions";

const t = texts.settings.keys;

export function ApiKeysPage() {
  const keys = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  const create = (
    <Button look="primary" onClick={() => setMaking(true)}>
      <Plus size={15} aria-hidden />
      {t.create}
    </Button>
  );
  return (
    <Page title={t.title} description={t.about} actions={create}>
      <Loaded query={keys}>
        {(all) =>
          all.length === 0 ? (
            <div className="rounded-xl border border-line">
              <Empty icon={<KeyRound size={28} />} title={t.emptyTitle}>
                {t.emptyText}
              </Empty>
            </div>
          ) : (
            <Rows label={t.title}>
              {all.map((key) => (
                <KeyRow key={key.id} accessKey={key} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <NewKeyDialog open={making} onOpenChange={setMaking} />
    </Page>
  );
}

function KeyRow({ accessKey: key }: { accessKey: AccessKey }) {
  const enable = useEnableKey();
  const remove = useDeleteKey();
  const [asking, setAsking] = useState(false);
  const name = key.name ?? t.untitled;
  const expired = key.expiresAt !== null && Date.parse(key.expiresAt) <= useNow(30_000);
  const actions = (
    <>
      <Button
        size="small"
        busy={enable.isPending}
        aria-label={`${key.enabled ? t.disable : t.enable}: ${name}`}
        onClick={() => enable.mutate({ keyId: key.id, enabled: !key.enabled })}
      >
        {key.enabled ? t.disable : t.enable}
      </Button>
      <IconButton label={t.delete(name)} icon={<Trash2 size={15} />} onClick={() => setAsking(true)} />
    </>
  );
  return (
    <Row
      icon={<KeyRound size={18} />}
      title={name}
      badges={
        <>
          <code className="font-mono text-xs font-normal text-ink-soft">{key.start}…</code>
          {expired && <Badge look="bad">{t.expired}</Badge>}
          {!key.enabled && <Badge look="warning">{t.disabled}</Badge>}
        </>
      }
      actions={actions}
    >
      <span className="basis-full text-ink-soft">{summary(key.permissions)}</span>
      <span>{key.expiresAt === null ? t.neverExpires : <>{expired ? t.expired : t.expiresAt} <Ago iso={key.expiresAt} /></>}</span>
      <span>{key.lastRequest === null ? t.unused : <>{t.used} <Ago iso={key.lastRequest} /></>}</span>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t.deleteTitle(name)}
        text={t.deleteText}
        action={texts.common.delete}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate(key.id, { onSettled: () => setAsking(false) })}
      />
    </Row>
  );
}
