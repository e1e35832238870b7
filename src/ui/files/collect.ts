import type { FileSource } from '../../engine/api.ts';

/** What of `DataTransferItem` and the entries API is used: structural, so that tests need no browser. */
interface Entry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly fullPath: string;
}
interface FileEntry extends Entry {
  file(done: (file: File) => void, fail: (error: unknown) => void): void;
}
interface FolderEntry extends Entry {
  createReader(): { readEntries(done: (entries: Entry[]) => void, fail: (error: unknown) => void): void };
}

/** Files that operating systems leave in folders and that nobody means to open. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
const isLitter = (path: string) => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return LITTER.has(name) || name.startsWith('._');
};

/**
 * All files of a drop, folders walked to the end. Must be called inside the drop event: the list of items dies with
 * it. A file that cannot be read any more is left to the engine to refuse, with its name.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<FileSource[]> {
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? (item.webkitGetAsEntry() as Entry | null) : null;
    return entry ? [entry] : [];
  });
  if (entries.length === 0) return pickedFiles(transfer.files);
  return filesOf(entries);
}

/** Walks entries without recursion, so that a deep tree cannot exhaust the stack. */
export async function filesOf(entries: readonly Entry[]): Promise<FileSource[]> {
  const found: FileSource[] = [];
  const waiting = [...entries].reverse();
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const path = entry.fullPath.replace(/^\//, '');
    if (entry.isDirectory) waiting.push(...(await children(entry as FolderEntry)).reverse());
    else if (entry.isFile && !isLitter(path)) {
      const file = await new Promise<File | null>((done) =>
        (entry as FileEntry).file(done, () => done(null)),
      );
      found.push({ path, content: file ?? new Uint8Array(0) });
    }
  }
  return found;
}

/** Files of an input element; `webkitRelativePath` holds the folders when one was picked. */
export function pickedFiles(files: Iterable<File>): FileSource[] {
  return [...files]
    .map((file) => ({ path: file.webkitRelativePath || file.name, content: file }))
    .filter(({ path }) => !isLitter(path));
}

/** `readEntries` gives at most a hundred at a time: ask until it gives none. */
async function children(folder: FolderEntry): Promise<Entry[]> {
  const reader = folder.createReader();
  const all: Entry[] = [];
  for (;;) {
    const some = await new Promise<Entry[]>((done) => reader.readEntries(done, () => done([])));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
