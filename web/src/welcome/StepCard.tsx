import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import { texts } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button, buttonClass } from "@/ui/Button";
import { cx } from "@/ui/cx";
import type { Step, StepName } from "./steps";

const t = texts.welcome;
const WHERE: Record<StepName, "/settings/agents" | "/settings/github" | "/new"> = {
  agent: "/settings/agents",
  github: "/settings/github",
  task: "/new",
};

interface Props {
  step: Step;
  number: number;
  /** The first that is still to do. */
  current: boolean;
  onSkip: () => void;
}

export function StepCard({ step: { name, state }, number, current, onSkip }: Props) {
  const text = t[name];
  const done = state === "done";
  return (
    <li className="flex gap-3.5 px-4 py-4" aria-current={current ? "step" : undefined}>
      <span
        aria-hidden
        className={cx(
          "grid size-6 shrink-0 place-items-center rounded-full border text-xs font-semibold",
          done ? "border-transparent bg-good-soft text-good" : current ? "border-transparent bg-accent text-on-accent" : "border-line-strong text-ink-soft",
        )}
      >
        {done ? <Check size={14} /> : number}
      </span>
      <div className="grid min-w-0 flex-1 gap-2.5">
        <div>
          <h2 className="flex flex-wrap items-center gap-2 text-base font-semibold">
            {text.title}
            {done && <Badge look="good">{t.done}</Badge>}
            {state === "skipped" && <Badge>{t.skipped}</Badge>}
          </h2>
          <p className="text-sm text-ink-soft">{done ? text.done : text.text}</p>
        </div>
        {state === "open" && (
          <div className="flex flex-wrap items-center gap-2">
            <Link to={WHERE[name]} className={buttonClass(current ? "primary" : "plain")}>
              {text.action}
            </Link>
            {name === "agent" && (
              <Link to="/settings/provider-keys" className={buttonClass("plain")}>
                {t.agent.other}
              </Link>
            )}
            <Button look="quiet" aria-label={`${t.skip}: ${text.title}`} onClick={onSkip}>
              {t.skip}
            </Button>
          </div>
        )}
        {state === "skipped" && (
          <div>
            <Button size="small" aria-label={`${t.unskip}: ${text.title}`} onClick={onSkip}>
              {t.unskip}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}
