import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { post } from "@/api/http";
import type { OwnedTask } from "@/api/types";
import { useUserId } from "@/auth/useUser";
import { isOver, standing } from "@/tasks/standing";
import { StatusIcon } from "@/tasks/StatusIcon";
import { texts } from "@/texts";
import { Ago } from "@/ui/Ago";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { Row } from "@/ui/Rows";
import { say } from "@/ui/Toast";

const t = texts.admin.tasks;

/** An admin sees that another's task is there and can end it, but not what is in it. */
export function TaskRow({ task }: { task: OwnedTask }) {
  const mine = useUserId() === task.user.id;
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => post(`api/admin/tasks/${task.id}/cancel`),
    onSuccess: () => say.good(t.cancelled),
    onSettled: () => {
      setAsking(false);
      return client.invalidateQueries({ queryKey: ["admin", "tasks"] });
    },
  });
  const title = mine ? (
    <Link to="/tasks/$taskId" params={{ taskId: task.id }} className="hover:underline">
      {task.title}
    </Link>
  ) : (
    task.title
  );
  return (
    <Row
      icon={<StatusIcon standing={standing(task)} progress={task.progress} />}
      title={title}
      actions={
        !isOver(task) && (
          <Button size="small" aria-label={`${t.cancel}: ${task.title}`} onClick={() => setAsking(true)}>
            {t.cancel}
          </Button>
        )
      }
    >
      <span>{texts.tasks.status[standing(task)]}</span>
      <span title={task.user.email}>{task.user.name}</span>
      <span className="break-all">{task.repository}</span>
      <span>{task.agent}</span>
      <Ago iso={task.createdAt} />
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t.cancelTitle}
        text={t.cancelText}
        action={t.cancel}
        danger
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate()}
      />
    </Row>
  );
}
