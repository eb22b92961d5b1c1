/**
 * Cuts Markdown between its top-level blocks, so that of a message that grows only the last block is read again. Code
 * fences and lists stay whole.
 */
export function blocks(markdown: string): string[] {
  const found: string[] = [];
  let current: string[] = [];
  let fence = "";
  const end = () => {
    if (current.some((line) => line.trim() !== "")) found.push(current.join("\n"));
    current = [];
  };
  for (const line of markdown.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === "" && mark) {
      fence = mark;
    } else if (fence !== "" && mark?.startsWith(fence) && line.trim() === mark) {
      fence = "";
    } else if (fence === "" && current.at(-1)?.trim() === "" && line.trim() !== "" && !/^(\s|[-*+>|]|\d+[.)])/.test(line)) {
      end();
    }
    current.push(line);
  }
  end();
  return found;
}
