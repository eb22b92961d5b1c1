import { address } from "@/api/http";
import type { MadeAccessKey } from "@/api/types";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { CopyText } from "@/ui/CopyText";

const t = texts.settings.keys;

export function ShownKey({ made, onDone }: { made: MadeAccessKey; onDone: () => void }) {
  return (
    <div className="grid min-w-0 gap-4">
      <CopyText text={made.key} label={t.key} />
      <div className="grid min-w-0 gap-1.5">
        <p className="text-sm font-medium">{t.use}</p>
        <CopyText label={t.use} text={`curl -H "X-API-Key: $SESAME_API_KEY" ${address("api/tasks")}`} />
      </div>
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          {t.done}
        </Button>
      </div>
    </div>
  );
}
