import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { FormEvent, KeyboardEvent } from "react";
import { post } from "@/api/http";
import type { TaskStatus } from "@/api/types";
import { explain } from "@/app/query";
import { BranchPicker, RepositoryPicker } from "@/repos/RepositoryPicker";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { TextAreaField } from "@/ui/Field";
import { Kbd } from "@/ui/Kbd";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { useDraft } from "./drafts";
import { body, type Choices, fieldOf, lastChoices, remember } from "./newTask";
import { Options } from "./Options";

const route = getRouteApi("/app/new");
const t = texts.tasks;

export function NewTaskPage() {
  const { demo } = route.useSearch();
  const navigate = useNavigate();
  const [prompt, setPrompt] = useDraft("new");
  const [choices, setChoices] = useState(lastChoices);
  const set = (some: Partial<Choices>) => setChoices((before) => ({ ...before, ...some }));
  const form = useRef<HTMLFormElement>(null);
  // The same key again after a lost answer: the server makes one task, not two.
  const key = useRef(crypto.randomUUID());
  const create = useMutation({
    mutationFn: () =>
      post<{ id: string; status: TaskStatus }>("api/tasks", body(prompt, choices), { "Idempotency-Key": key.current }),
    meta: { quiet: true },
    onSuccess: ({ id }) => {
      remember(choices);
      setPrompt("");
      sessionStorage.removeItem("sesame.draft.new");
      void navigate({ to: "/tasks/$taskId", params: { taskId: id } });
    },
    onError: () => {
      key.current = crypto.randomUUID();
    },
  });
  useEffect(() => {
    if (!demo) return;
    set({ agent: "demo", permissionMode: "ask", repository: "sesame-demo" });
    setPrompt(t.exampleDemo);
  }, [demo, setPrompt]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  const failure = create.isError ? explain(create.error) : undefined;
  const field = failure ? fieldOf(failure) : undefined;
  const errorOf = (name: typeof field) => (field === name ? failure : undefined);
  return (
    <Page title={texts.shell.newTask}>
      <form ref={form} onSubmit={submit} onKeyDown={onKeyDown} className="grid gap-5">
        {failure && !field && <Notice kind="error">{failure}</Notice>}
        <TextAreaField
          label={t.prompt}
          hideLabel
          required
          autoFocus
          rows={7}
          maxLength={65_536}
          placeholder={t.promptPlaceholder}
          value={prompt}
          error={errorOf("prompt")}
          onChange={(event) => setPrompt(event.target.value)}
          className="max-h-[50vh] min-h-40 rounded-xl p-3! leading-relaxed [field-sizing:content]"
        />
        <div className="grid gap-5 sm:grid-cols-[3fr_2fr]">
          <RepositoryPicker value={choices.repository} onChange={(repository) => set({ repository })} error={errorOf("repository")} />
          <BranchPicker
            repository={choices.repository}
            value={choices.branch}
            onChange={(branch) => set({ branch })}
            error={errorOf("branch")}
          />
        </div>
        <Options choices={choices} set={set} errorOf={errorOf} />
        <div className="flex items-center justify-end gap-3">
          <span className="text-xs text-ink-faint pointer-coarse:hidden">
            <Kbd keys="mod+Enter" />
          </span>
          <Button type="submit" look="primary" busy={create.isPending}>
            {t.create}
          </Button>
        </div>
      </form>
    </Page>
  );
}
