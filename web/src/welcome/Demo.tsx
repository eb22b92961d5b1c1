import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { post } from "@/api/http";
import type { NewTask } from "@/api/types";
import { settingsQuery } from "@/api/queries";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";

const t = texts.welcome.demo;

/** On the server's own small repository, which is there for this. */
const TASK: NewTask = { prompt: t.prompt, repository: "sesame-demo", agent: "demo", permissionMode: "ask" };

/** One click, no key: a task of the demo agent on a repository of its own. Nothing where an admin switched it off. */
export function Demo() {
  const enabled = useQuery(settingsQuery).data?.settings["agents.demo.enabled"] === true;
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: () => post<{ id: string }>("api/tasks", TASK),
    onSuccess: ({ id }) => void navigate({ to: "/tasks/$taskId", params: { taskId: id } }),
  });
  if (!enabled) return null;
  return (
    <section className="flex flex-wrap items-center justify-between gap-4 rounded-xl bg-sunken px-4 py-4">
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-base font-semibold">{t.title}</h2>
        <p className="text-sm text-ink-soft">{t.text}</p>
      </div>
      <Button busy={start.isPending} onClick={() => start.mutate()}>
        <Play size={15} aria-hidden />
        {t.action}
      </Button>
    </section>
  );
}
