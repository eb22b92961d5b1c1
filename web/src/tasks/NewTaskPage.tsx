import { texts } from "@/texts";
import { Page } from "@/ui/Page";

export function NewTaskPage() {
  return <Page title={texts.shell.newTask}>{null}</Page>;
}
