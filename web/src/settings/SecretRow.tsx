import { Check } from "lucide-react";
import { type ReactNode, useState } from "react";
import { texts } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { Row } from "@/ui/Rows";

const t = texts.settings.secret;

interface Props {
  name: string;
  about?: ReactNode;
  icon?: ReactNode;
  configured: boolean;
  /** What happens without it. */
  removeText: string;
  setLabel?: string;
  removing: boolean;
  onSet: () => void;
  onRemove: (done: () => void) => void;
}

/** A secret in a list: whether it is there, with buttons to set and to remove it. */
export function SecretRow({ name, about, icon, configured, removeText, setLabel = t.add, removing, onSet, onRemove }: Props) {
  const [asking, setAsking] = useState(false);
  return (
    <Row
      icon={icon}
      title={name}
      badges={
        configured ? (
          <Badge look="good" icon={<Check size={11} aria-hidden />}>
            {t.configured}
          </Badge>
        ) : (
          <Badge>{t.missing}</Badge>
        )
      }
      actions={
        <>
          {configured && (
            <Button size="small" look="quiet" onClick={() => setAsking(true)} aria-label={`${t.remove}: ${name}`}>
              {t.remove}
            </Button>
          )}
          <Button size="small" onClick={onSet} aria-label={`${configured ? t.replace : setLabel}: ${name}`}>
            {configured ? t.replace : setLabel}
          </Button>
        </>
      }
    >
      {about}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t.removeTitle(name)}
        text={removeText}
        action={t.remove}
        danger
        busy={removing}
        onConfirm={() => onRemove(() => setAsking(false))}
      />
    </Row>
  );
}
