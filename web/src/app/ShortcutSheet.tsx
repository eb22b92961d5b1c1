import { useState } from "react";
import { texts } from "@/texts";
import { Dialog } from "@/ui/Dialog";
import { Kbd } from "@/ui/Kbd";
import { Switch } from "@/ui/Switch";
import { setSingleKeys, singleKeysOn, useShortcuts } from "./shortcuts";

export function ShortcutSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const shortcuts = useShortcuts();
  const [single, setSingle] = useState(singleKeysOn);
  const toggle = (on: boolean) => {
    setSingle(on);
    setSingleKeys(on);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={texts.shell.shortcuts}>
      <dl className="grid gap-1">
        {shortcuts.map((shortcut) => (
          <div key={shortcut.keys} className="flex items-center justify-between gap-4 py-1 text-sm">
            <dt>{shortcut.label}</dt>
            <dd>
              <Kbd keys={shortcut.keys} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="border-t border-line pt-4">
        <Switch label={texts.shell.singleKeys} hint={texts.shell.shortcutsHint} checked={single} onChange={toggle} />
      </div>
    </Dialog>
  );
}
