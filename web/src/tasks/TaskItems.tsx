import { GitBranch, Hash, Trash2 } from "lucide-react";
import type { Task } from "@/api/types";
import { texts } from "@/texts";
import { MenuItem } from "@/ui/MenuItems";
import { say } from "@/ui/Toast";
import { isOver } from "./standing";

const t = texts.tasks;

/** What is in a task's menu. */
export function TaskItems({ task, onDelete }: { task: Task; onDelete: () => void }) {
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => say.good(t.copied));
  return (
    <>
      <MenuItem icon={<GitBranch size={15} />} onSelect={() => copy(task.branch)}>
        {t.copyBranch}
      </MenuItem>
      <MenuItem icon={<Hash size={15} />} onSelect={() => copy(task.id)}>
        {t.copyId}
      </MenuItem>
      <MenuItem icon={<Trash2 size={15} />} disabled={!isOver(task)} onSelect={onDelete}>
        {t.delete}
      </MenuItem>
    </>
  );
}
