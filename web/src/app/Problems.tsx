import { Link } from "@tanstack/react-router";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { Empty, useTitle } from "@/ui/Page";
import { explain } from "./query";

export function NotFound() {
  useTitle(texts.common.notFoundTitle);
  return (
    <Empty title={texts.common.notFoundTitle}>
      <p>{texts.common.notFoundText}</p>
      <p className="mt-3">
        <Link to="/" className="font-medium text-accent-ink underline underline-offset-2">
          {texts.common.toTasks}
        </Link>
      </p>
    </Empty>
  );
}

export function Failed({ error, reset }: { error: unknown; reset: () => void }) {
  useTitle(texts.common.failedTitle);
  return (
    <Empty title={texts.common.failedTitle}>
      <p role="alert">{explain(error)}</p>
      <Button className="mt-4" onClick={reset}>
        {texts.common.retry}
      </Button>
    </Empty>
  );
}
