import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { post } from "@/api/http";
import { sessionQuery } from "@/api/queries";
import { fieldErrors } from "@/app/fieldErrors";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { say } from "@/ui/Toast";

const t = texts.settings.profile;

/** @param name as it is stored */
export function NameForm({ name }: { name: string }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState(name);
  const change = useMutation({
    mutationFn: (next: string) => post("api/auth/update-user", { name: next }),
    meta: { quiet: true },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      say.good(t.renamed);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(typed.trim());
  };
  const errors = fieldErrors(change.error, { name: t.name }, {});
  return (
    <form onSubmit={submit} className="grid max-w-sm gap-4">
      {errors.rest && <Notice kind="error">{errors.rest}</Notice>}
      <TextField
        label={t.name}
        autoComplete="name"
        required
        maxLength={200}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={errors.of["name"]}
      />
      <div>
        <Button type="submit" busy={change.isPending} disabled={typed.trim() === "" || typed.trim() === name}>
          {t.rename}
        </Button>
      </div>
    </form>
  );
}
