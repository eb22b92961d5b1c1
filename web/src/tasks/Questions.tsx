import { useQuery } from "@tanstack/react-query";
import { texts } from "@/texts";
import { Question } from "@/transcript/PermissionCard";
import { Spinner } from "@/ui/Spinner";
import { questionQuery } from "./queries";

/** What a task asks, to be answered from the list. */
export function Questions({ taskId }: { taskId: string }) {
  const questions = useQuery(questionQuery(taskId));
  if (questions.isPending) return <Spinner label />;
  if (!questions.data || questions.data.length === 0) {
    return <p className="text-sm text-ink-soft">{texts.tasks.noQuestion}</p>;
  }
  return questions.data.map((request) => <Question key={request.requestId} request={request} taskId={taskId} />);
}
