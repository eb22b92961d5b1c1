import { post } from "@/api/http";

const WRITER = "sesame.writer";
const LONGEST = 16_000;

/** Tells this tab apart from others of the same session, over reloads too. */
function writer(): string {
  const known = sessionStorage.getItem(WRITER);
  if (known) return known;
  const made = `tab-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
  sessionStorage.setItem(WRITER, made);
  return made;
}

/** Sends what is typed, in order: one request at a time, and all that was typed meanwhile in the next. */
export class Keyboard {
  private waiting = "";
  private busy = false;
  private readonly path: string;

  /** @param failed the server did not take it; what was typed since is dropped, for the reader saw no effect of it */
  constructor(
    taskId: string,
    private readonly failed: (failure: unknown) => void,
  ) {
    this.path = `api/tasks/${encodeURIComponent(taskId)}/terminal`;
  }

  type(keys: string) {
    this.waiting += keys;
    void this.send();
  }

  resize(rows: number, cols: number): Promise<void> {
    return post(`${this.path}/resize`, { rows, cols, writer: writer() });
  }

  private async send() {
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.waiting !== "") {
        const data = cut(this.waiting);
        this.waiting = this.waiting.slice(data.length);
        await post(`${this.path}/input`, { data, writer: writer() });
      }
    } catch (failure) {
      this.waiting = "";
      this.failed(failure);
    } finally {
      this.busy = false;
    }
  }
}

/** Not between the halves of a character. */
export function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const half = /[\uD800-\uDBFF]/.test(text[LONGEST - 1]!);
  return text.slice(0, half ? LONGEST - 1 : LONGEST);
}
