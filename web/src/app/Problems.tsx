import { Link } from "@tanstack/react-router";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { Page } from "@/ui/Page";
import { explain } from "./query";

export function NotFound() {
  return (
    <Page title={texts.common.notFoundTitle}>
      <p>{texts.common.notFoundText}</p>
      <p>
        <Link to="/" className="font-medium text-accent-ink underline underline-offset-2">
          {texts.common.toTasks}
        </Link>
      </p>
    </Page>
  );
}

export function Failed({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <Page title={texts.common.failedTitle}>
      <p role="alert">{explain(error)}</p>
      <Button className="justify-self-start" onClick={reset}>
        {texts.common.retry}
      </Button>
    </Page>
  );
}
