import type { FileDiff } from "./parse";

export interface Directory {
  name: string;
  directories: Directory[];
  files: { name: string; index: number }[];
}

/** The files that have the query in their path, by directory; directories with one child only are one: `src/main/java`. */
export function tree(files: readonly FileDiff[], query: string): Directory {
  const root: Directory = { name: "", directories: [], files: [] };
  const wanted = query.trim().toLowerCase();
  files.forEach((file, index) => {
    if (!file.path.toLowerCase().includes(wanted)) return;
    const parts = file.path.split("/");
    const name = parts.pop()!;
    let at = root;
    for (const part of parts) {
      let next = at.directories.find((directory) => directory.name === part);
      if (!next) at.directories.push((next = { name: part, directories: [], files: [] }));
      at = next;
    }
    at.files.push({ name, index });
  });
  return { ...root, directories: root.directories.map(joined) };
}

function joined(directory: Directory): Directory {
  const [only] = directory.directories;
  if (only && directory.directories.length === 1 && directory.files.length === 0) {
    return joined({ ...only, name: `${directory.name}/${only.name}` });
  }
  return { ...directory, directories: directory.directories.map(joined) };
}
