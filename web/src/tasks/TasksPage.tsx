import { texts } from "@/texts";
import { Empty, Page } from "@/ui/Page";

export function TasksPage() {
  return (
    <Page title={texts.tasks.title}>
      <Empty title={texts.tasks.emptyTitle}>{texts.tasks.emptyText}</Empty>
    </Page>
  );
}
