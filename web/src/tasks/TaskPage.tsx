import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { ApiError } from "@/api/http";
import { Failed } from "@/app/Problems";
import { useShortcut } from "@/app/shortcuts";
import { useUserId } from "@/auth/useUser";
import { texts } from "@/texts";
import { LogView } from "@/transcript/LogView";
import { useTranscript } from "@/transcript/store";
import { Empty } from "@/ui/Page";
import { Spinner } from "@/ui/Spinner";
import { TabPanel, Tabs } from "@/ui/Tabs";
import type { Task } from "@/api/types";
import { taskQuery } from "./queries";
import { isOver } from "./standing";
import { TaskHeader } from "./TaskHeader";
import { TranscriptTab } from "./TranscriptTab";

const DiffView = lazy(() => import("@/diff/DiffView").then((module) => ({ default: module.DiffView })));
const TerminalView = lazy(() => import("@/terminal/TerminalView").then((module) => ({ default: module.TerminalView })));
const route = getRouteApi("/app/tasks/$taskId");
const t = texts.tasks;

export type TaskTab = "transcript" | "diff" | "terminal" | "log";

export function TaskPage() {
  const { taskId } = route.useParams();
  const task = useQuery(taskQuery(taskId));
  if (task.data) return <Loaded key={taskId} task={task.data} />;
  if (task.error instanceof ApiError && task.error.status === 404) {
    return (
      <Empty title={texts.common.notFoundTitle}>
        <p>{t.notFound}</p>
        <Link to="/" className="mt-3 inline-block font-medium text-accent-ink underline underline-offset-2">
          {t.back}
        </Link>
      </Empty>
    );
  }
  if (task.error) return <Failed error={task.error} reset={() => void task.refetch()} />;
  return <Waiting />;
}

function Waiting() {
  return (
    <div className="grid h-40 place-items-center text-ink-faint">
      <Spinner label size={18} />
    </div>
  );
}

function Loaded({ task }: { task: Task }) {
  const { tab = "transcript" } = route.useSearch();
  const navigate = route.useNavigate();
  const view = useTranscript(task.id, useUserId(), isOver(task));
  const go = (next: string) => void navigate({ search: next === "transcript" ? {} : { tab: next as TaskTab }, replace: true });
  useShortcut("1", t.keys.transcript, () => go("transcript"));
  useShortcut("2", t.keys.diff, () => go("diff"));
  useShortcut("3", t.keys.terminal, () => go("terminal"));
  useShortcut("4", t.keys.log, () => go("log"));
  const tabs = (Object.keys(t.tabs) as TaskTab[]).map((value) => ({ value, label: t.tabs[value] }));
  return (
    <div className="flex h-full flex-col">
      <TaskHeader task={task} view={view} />
      <Tabs label={task.title} tabs={tabs} value={tab} onChange={go} className="flex min-h-0 flex-1 flex-col">
        <TabPanel value="transcript" className="flex min-h-0 flex-1 flex-col focus-visible:outline-offset-[-2px]">
          <TranscriptTab task={task} view={view} />
        </TabPanel>
        <TabPanel value="diff" className="flex min-h-0 flex-1 flex-col">
          <Suspense fallback={<Waiting />}>
            <DiffView task={task} />
          </Suspense>
        </TabPanel>
        <TabPanel value="terminal" className="flex min-h-0 flex-1 flex-col">
          <Suspense fallback={<Waiting />}>
            <TerminalView task={task} />
          </Suspense>
        </TabPanel>
        <TabPanel value="log" className="min-h-0 flex-1 focus-visible:outline-offset-[-2px]">
          <LogView lines={view.transcript.logs} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
