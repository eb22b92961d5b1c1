import { lazy, Suspense, useState } from "react";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./Button";

const OpenMenu = lazy(() => import("./OpenMenu").then((module) => ({ default: module.OpenMenu })));

interface Props extends ButtonProps {
  /** `MenuItem`s and the like. */
  items: ReactNode;
}

/**
 * A button that opens a menu. What a menu is made of is loaded with the first one that is pointed at, so that no page waits
 * for it.
 */
export function Menu({ items, children, ...button }: Props) {
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  const want = () => setWanted(true);
  const trigger = (
    <Button
      look="quiet"
      aria-haspopup="menu"
      aria-expanded={open}
      {...button}
      onPointerEnter={want}
      onFocus={want}
      onClick={() => {
        want();
        setOpen(true);
      }}
    >
      {children}
    </Button>
  );
  if (!wanted) return trigger;
  return (
    <Suspense fallback={trigger}>
      <OpenMenu button={button} label={children} open={open} onOpenChange={setOpen} items={items} />
    </Suspense>
  );
}
