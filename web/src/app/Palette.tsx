import { Search } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { texts } from "@/texts";
import { cx } from "@/ui/cx";
import { Modal } from "@/ui/Dialog";
import { Kbd } from "@/ui/Kbd";
import { type Command, matching } from "./commands";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  commands: readonly Command[];
}

/** Everything one can do or open, found by typing. */
export function Palette({ open, onOpenChange, commands }: Props) {
  const id = useId();
  return (
    <Modal open={open} onOpenChange={onOpenChange} labelledBy={id} className="max-w-xl overflow-hidden">
      <h2 id={id} className="sr-only">
        {texts.shell.palette}
      </h2>
      <Choices commands={commands} close={() => onOpenChange(false)} />
    </Modal>
  );
}

function Choices({ commands, close }: { commands: readonly Command[]; close: () => void }) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = matching(commands, query).slice(0, 60);
  const current = found[Math.min(index, found.length - 1)];
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [index, query]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setIndex((found.indexOf(current!) + step + found.length) % Math.max(found.length, 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(current);
    }
  };
  return (
    <>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search size={16} className="text-ink-faint" aria-hidden />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={current ? `${id}-${current.id}` : undefined}
          aria-label={texts.shell.palettePlaceholder}
          placeholder={texts.shell.palettePlaceholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setIndex(0);
          }}
          onKeyDown={onKeyDown}
          className="h-12 w-full bg-transparent text-lg outline-none"
        />
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={texts.shell.palette} className="max-h-[50vh] overflow-y-auto p-1.5">
        {found.map((command, position) => (
          <div key={command.id} role="presentation">
            {found[position - 1]?.group !== command.group && (
              <div role="presentation" className="px-2.5 pt-2 pb-1 text-xs text-ink-faint">
                {texts.shell.paletteGroups[command.group]}
              </div>
            )}
            <div
              id={`${id}-${command.id}`}
              role="option"
              aria-selected={command === current}
              onClick={() => run(command)}
              onMouseMove={() => setIndex(position)}
              className={cx("flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-sm", command === current && "bg-selected")}
            >
              <span className="text-ink-faint">{command.icon}</span>
              <span className="min-w-0 flex-1 truncate">{command.label}</span>
              {command.keys && <Kbd keys={command.keys} />}
            </div>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="px-4 pb-4 text-sm text-ink-soft">{texts.shell.paletteEmpty}</p>}
    </>
  );
}
