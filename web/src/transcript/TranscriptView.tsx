import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { texts } from "@/texts";
import { IconButton } from "@/ui/Button";
import type { Item } from "./model";
import { Opened } from "./opened";
import { Row } from "./rows";

const ESTIMATE: Record<Item["type"], number> = {
  user: 70,
  message: 110,
  thinking: 36,
  tool: 36,
  permission: 220,
  error: 70,
  log: 60,
  end: 40,
};
/** So near to its end a reader wants to see what comes. */
const NEAR = 80;

interface Props {
  taskId: string;
  items: readonly Item[];
  /** Above the first item: the prompt. */
  head: ReactNode;
  /** Below the last: what goes on now. */
  foot: ReactNode;
}

/** All items, of which only those near the window are in the page. Stays at the end while the reader is there. */
export function TranscriptView({ taskId, items, head, foot }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [opened] = useState(() => new Map<number, boolean>());
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const virtual = useVirtualizer({
    count: items.length + 2,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (index === 0 ? 90 : ESTIMATE[items[index - 1]?.type ?? "end"]),
    // A new function would make it reckon the places of all rows anew, at each scrolling step.
    getItemKey: useCallback((index) => (index === 0 ? "head" : (items[index - 1]?.key ?? "foot")), [items]),
    overscan: 8,
    paddingStart: 20,
    paddingEnd: 16,
    gap: 8,
  });
  const size = virtual.getTotalSize();

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && following.current) element.scrollTop = element.scrollHeight;
  }, [size, items]);

  useEffect(() => {
    following.current = true;
    setAtEnd(true);
  }, [taskId]);

  const onScroll = () => {
    const element = scroller.current!;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    following.current = near;
    setAtEnd(near);
  };
  const toEnd = () => {
    following.current = true;
    virtual.scrollToIndex(items.length + 1, { align: "end" });
  };

  return (
    <Opened value={opened}>
      <div className="relative min-h-0 flex-1">
        <div
          ref={scroller}
          onScroll={onScroll}
          tabIndex={0}
          role="log"
          aria-label={texts.transcript.label}
          aria-live="off"
          className="h-full overflow-y-auto overscroll-contain focus-visible:outline-offset-[-2px]"
        >
          <div className="relative mx-auto max-w-3xl" style={{ height: size }}>
            {virtual.getVirtualItems().map((row) => {
              const item = items[row.index - 1];
              return (
                <div
                  key={row.key}
                  ref={virtual.measureElement}
                  data-index={row.index}
                  className="absolute top-0 left-0 w-full px-4 sm:px-6"
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  {row.index === 0 ? head : item ? <Row item={item} taskId={taskId} /> : foot}
                </div>
              );
            })}
          </div>
        </div>
        {!atEnd && (
          <IconButton
            label={texts.transcript.toBottom}
            icon={<ArrowDown size={16} />}
            look="plain"
            onClick={toEnd}
            className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full! shadow-raised"
          />
        )}
      </div>
    </Opened>
  );
}
