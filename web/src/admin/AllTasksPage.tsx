import { useQuery } from "@tanstack/react-query";
import { CircleDot } from "lucide-react";
import { useState } from "react";
import type { TaskStatus } from "@/api/types";
import { texts } from "@/texts";
import { SelectField } from "@/ui/Field";
import { Loaded } from "@/ui/Loaded";
import { Empty, Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { Rows } from "@/ui/Rows";
import { allTasksQuery, PAGE } from "./queries";
import { TaskRow } from "./TaskRow";

const t = texts.admin.tasks;
const STATUSES = [
  { value: "", label: t.any },
  ...(["pending", "processing", "completed", "failed"] satisfies TaskStatus[]).map((value) => ({
    value,
    label: texts.tasks.filters[value],
  })),
];

export function AllTasksPage() {
  const [status, setStatus] = useState("");
  const [offset, setOffset] = useState(0);
  const tasks = useQuery(allTasksQuery(status, offset));
  return (
    <Page title={t.title} description={t.about}>
      <SelectField
        label={t.status}
        options={STATUSES}
        value={status}
        className="max-w-60"
        onChange={(event) => {
          setStatus(event.target.value);
          setOffset(0);
        }}
      />
      <Loaded query={tasks}>
        {(page) =>
          page.tasks.length === 0 ? (
            <Empty icon={<CircleDot size={28} />} title={t.emptyTitle}>
              {t.emptyText}
            </Empty>
          ) : (
            <>
              <Rows label={t.title}>
                {page.tasks.map((task) => (
                  <TaskRow key={task.id} task={task} />
                ))}
              </Rows>
              <Pager offset={offset} limit={PAGE} total={page.total} onGo={setOffset} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
