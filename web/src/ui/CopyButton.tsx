import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { texts } from "@/texts";
import { IconButton } from "./Button";

export function CopyButton({ text, label = texts.common.copy }: { text: string; label?: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <IconButton
      label={done ? texts.common.copied : label}
      icon={done ? <Check size={14} /> : <Copy size={14} />}
      onClick={() => void copy()}
    />
  );
}
