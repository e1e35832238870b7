import { zipSync } from 'fflate';

/** Packs files into a zip archive; the bytes are the same for the same files, whatever the hour. */
export function writeZip(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): Uint8Array<ArrayBuffer> {
  const entries = Object.fromEntries(files.map(({ path, bytes }) => [path, bytes]));
  return zipSync(entries, { level: 6, mtime: '1980-01-01T00:00:00' }) as Uint8Array<ArrayBuffer>;
}
