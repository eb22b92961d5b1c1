import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { remove, request } from "@/api/http";
import type { AdminUser } from "@/api/types";
import { useUserId } from "@/auth/useUser";
import { texts } from "@/texts";
import { Badge } from "@/ui/Badge";
import { IconButton } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { SelectField } from "@/ui/Field";
import { Row } from "@/ui/Rows";
import { say } from "@/ui/Toast";

const t = texts.admin.users;
const ROLES = (["user", "admin"] as const).map((value) => ({ value, label: t.roles[value] }));

export function UserRow({ user }: { user: AdminUser }) {
  const me = useUserId() === user.id;
  const client = useQueryClient();
  const again = () => Promise.all([["admin"], ["session"]].map((queryKey) => client.invalidateQueries({ queryKey })));
  const [asking, setAsking] = useState(false);
  const change = useMutation({
    mutationFn: (role: string) => request<AdminUser>(`api/admin/users/${user.id}`, { method: "PATCH", body: { role } }),
    onSuccess: ({ name, role }) => say.good(t.changed(name, t.roles[role])),
    onSettled: again,
  });
  const end = useMutation({
    mutationFn: () => remove(`api/admin/users/${user.id}`),
    onSuccess: () => say.good(t.deleted(user.name)),
    onSettled: () => {
      setAsking(false);
      return again();
    },
  });
  return (
    <Row
      icon={
        <span className="grid size-7 place-items-center rounded-full bg-selected text-xs font-semibold text-accent-ink">
          {user.name.slice(0, 1).toUpperCase()}
        </span>
      }
      title={user.name}
      badges={
        <>
          {me && <Badge>{t.you}</Badge>}
          {user.role === "admin" && <Badge look="accent">{t.roles.admin}</Badge>}
        </>
      }
      actions={
        <>
          <SelectField
            label={t.role(user.name)}
            hideLabel
            options={ROLES}
            value={change.isPending ? change.variables : user.role}
            disabled={change.isPending}
            onChange={(event) => change.mutate(event.target.value)}
          />
          <IconButton label={t.delete(user.name)} icon={<Trash2 size={15} />} disabled={me} onClick={() => setAsking(true)} />
        </>
      }
    >
      <span className="break-all">{user.email}</span>
      <span>
        {t.joined} {new Date(user.createdAt).toLocaleDateString(undefined, { dateStyle: "medium" })}
      </span>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t.deleteTitle(user.name)}
        text={t.deleteText}
        action={t.confirm}
        danger
        busy={end.isPending}
        onConfirm={() => end.mutate()}
      />
    </Row>
  );
}
