import { lazy, Suspense, useState } from "react";
import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./Button";

export interface MenuProps extends ButtonProps {
  /** `MenuItem`s and the like, in a component that is loaded lazily: what menus are made of is large. */
  items: ReactNode;
}

const load = () => import("./MenuPopup");
const MenuPopup = lazy(() => load().then((module) => ({ default: module.MenuPopup })));

/** A button that opens a menu. What a menu needs is loaded when somebody comes near it. */
export function Menu(props: MenuProps) {
  const [opened, setOpened] = useState(false);
  const { items: _, children, ...button } = props;
  const closed = (
    <Button
      look="quiet"
      aria-haspopup="menu"
      aria-expanded={false}
      {...button}
      onClick={() => setOpened(true)}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
    >
      {children}
    </Button>
  );
  return opened ? (
    <Suspense fallback={closed}>
      <MenuPopup {...props} />
    </Suspense>
  ) : (
    closed
  );
}
