import { CircleHelp, ShieldCheck, ShieldX } from "lucide-react";
import { useState } from "react";
import type { PermissionRequest, PermissionResponse } from "@/api/types";
import { useAnswer } from "@/tasks/queries";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { Kbd } from "@/ui/Kbd";
import { relative, useNow } from "@/ui/time";
import { useUserId } from "@/auth/useUser";
import { Lines } from "./Lines";
import type { ItemOf } from "./model";
import { visible } from "./safe";
import { TerminalText } from "./TerminalText";
import { command, edits, json, patch } from "./toolText";

const t = texts.transcript.permission;

/** A question of the agent's, in the transcript: to be answered, or with its answer. */
export function PermissionCard({ item, taskId }: { item: ItemOf<"permission">; taskId: string }) {
  if (item.response) return <Answered request={item.request} response={item.response} />;
  return <Question request={item.request} taskId={taskId} keys />;
}

function Answered({ request, response }: { request: PermissionRequest; response: PermissionResponse }) {
  const me = useUserId();
  const denied = response.decision === "deny";
  const word = denied ? t.denied : response.decision === "allow_always" ? t.always : t.allowed;
  const by = response.decidedBy === me ? t.by.you : response.decidedBy === "policy" ? t.by.policy : response.decidedBy === "timeout" ? t.by.timeout : t.by.other;
  return (
    <p className="flex items-start gap-2 px-2 text-xs text-ink-soft">
      {denied ? <ShieldX size={14} className="mt-px shrink-0 text-bad" aria-hidden /> : <ShieldCheck size={14} className="mt-px shrink-0 text-good" aria-hidden />}
      <span>
        <b className="font-medium text-ink">{word}</b> {by}: {visible(request.title ?? request.toolName)}
        {response.message && <q className="ml-1 italic">{visible(response.message)}</q>}
      </span>
    </p>
  );
}

/** What the agent wants to do, and the buttons to decide. `keys`: the page's keys answer it too, and it says so. */
export function Question({ request, taskId, keys }: { request: PermissionRequest; taskId: string; keys?: boolean }) {
  const answer = useAnswer(taskId);
  const [saying, setSaying] = useState(false);
  const [reason, setReason] = useState("");
  const decide = (decision: "allow" | "allow_always" | "deny") =>
    answer.mutate({ requestId: request.requestId, decision, ...(decision === "deny" && reason !== "" ? { message: reason } : {}) });
  const busy = answer.isPending || answer.isSuccess;
  return (
    <section aria-label={t.title(request.toolName)} className="grid gap-3 rounded-xl border border-ask/40 bg-ask-soft p-4">
      <div className="flex items-start gap-2.5">
        <CircleHelp size={17} className="mt-0.5 shrink-0 text-ask" aria-hidden />
        <div className="min-w-0 flex-1">
          <p className="font-semibold">{t.title(visible(request.toolName))}</p>
          {request.title && <p className="text-sm text-ink-soft">{visible(request.title)}</p>}
        </div>
        {request.expiresAt && <Expiry iso={request.expiresAt} />}
      </div>
      <What input={request.input} />
      {saying && (
        <TextField label={t.reason} value={reason} maxLength={4000} autoFocus onChange={(event) => setReason(event.target.value)} />
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={busy} onClick={() => decide("allow")}>
          {t.allow} {keys && <Kbd keys="a" mouse />}
        </Button>
        <Button disabled={busy} onClick={() => decide("allow_always")}>
          {t.allowAlways}
        </Button>
        <Button disabled={busy} onClick={() => decide("deny")}>
          {t.deny} {keys && <Kbd keys="d" mouse />}
        </Button>
        {!saying && (
          <Button look="quiet" disabled={busy} onClick={() => setSaying(true)}>
            {t.denyWith}
          </Button>
        )}
      </div>
    </section>
  );
}

function Expiry({ iso }: { iso: string }) {
  const now = useNow(60_000);
  return <span className="shrink-0 text-xs text-ink-faint max-sm:hidden">{t.expires(relative(iso, now))}</span>;
}

function What({ input }: { input: unknown }) {
  const run = command(input);
  const changes = edits(input);
  const diff = patch(input);
  if (run !== undefined) return <TerminalText text={run} label={texts.transcript.input} />;
  if (changes.length > 0) return changes.map((edit, index) => <Lines key={index} edit={edit} label={visible(edit.path)} />);
  if (diff !== undefined) return <Lines patch={diff} label={texts.transcript.input} />;
  const text = json(input);
  return text === "{}" || text === "" ? null : <TerminalText text={text} label={texts.transcript.input} />;
}
