import { texts } from "@/texts";
import { Spinner } from "@/ui/Spinner";
import { useConnectionState } from "./connectionState";

/** Says quietly that the line to the server is interrupted, while it is. */
export function ConnectionNotice() {
  const state = useConnectionState();
  return (
    <div role="status">
      {state === "reconnecting" && (
        <p className="flex items-center gap-2 rounded-md bg-busy-soft px-2.5 py-1.5 text-xs text-busy">
          <Spinner size={12} /> {texts.shell.reconnecting}
        </p>
      )}
    </div>
  );
}
