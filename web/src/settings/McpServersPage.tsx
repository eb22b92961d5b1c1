import { useQuery } from "@tanstack/react-query";
import { Globe, Plus, Plug, SquareTerminal, Trash2 } from "lucide-react";
import { useState } from "react";
import type { McpServer } from "@/api/types";
import { texts } from "@/texts";
import { visible } from "@/transcript/safe";
import { Badge } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { Loaded } from "@/ui/Loaded";
import { Empty, Page } from "@/ui/Page";
import { Row, Rows } from "@/ui/Rows";
import { McpServerDialog } from "./McpServerDialog";
import { mcpServersQuery, useRemoveServer } from "./mcpServers";

const t = texts.settings.mcp;

export function McpServersPage() {
  const servers = useQuery(mcpServersQuery);
  const [adding, setAdding] = useState(false);
  const add = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus size={15} aria-hidden />
      {t.add}
    </Button>
  );
  return (
    <Page title={t.title} description={t.about} actions={add}>
      <Loaded query={servers}>
        {(all) =>
          all.length === 0 ? (
            <div className="rounded-xl border border-line">
              <Empty icon={<Plug size={28} />} title={t.emptyTitle}>
                {t.emptyText}
              </Empty>
            </div>
          ) : (
            <Rows label={t.title}>
              {all.map((server) => (
                <ServerRow key={server.name} server={server} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      <McpServerDialog open={adding} onOpenChange={setAdding} />
    </Page>
  );
}

function ServerRow({ server }: { server: McpServer }) {
  const remove = useRemoveServer();
  const [asking, setAsking] = useState(false);
  const stdio = server.transport === "stdio";
  const secrets = Object.keys(server.env ?? server.headers ?? {});
  return (
    <Row
      icon={stdio ? <SquareTerminal size={18} /> : <Globe size={18} />}
      title={server.name}
      badges={server.enabled ? undefined : <Badge>{t.onRequest}</Badge>}
      actions={<IconButton label={t.remove(server.name)} icon={<Trash2 size={15} />} onClick={() => setAsking(true)} />}
    >
      <code className="min-w-0 basis-full font-mono text-xs [overflow-wrap:anywhere]">
        {visible(stdio ? [server.command, ...(server.args ?? [])].join(" ") : (server.url ?? ""))}
      </code>
      {secrets.length > 0 && (
        <span>
          {stdio ? t.variables : t.headers}: {secrets.join(", ")}
        </span>
      )}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t.removeTitle(server.name)}
        text={t.removeText}
        action={texts.common.delete}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate(server.name, { onSettled: () => setAsking(false) })}
      />
    </Row>
  );
}
