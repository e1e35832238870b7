import { phantomFiles } from '../../quality/phantoms/phantom-files.ts';
import type { FileSource } from '../api.ts';
import type { Job } from './job.ts';

/** Makes a digital phantom: DICOM images, masks, truth. */
export const phantomFilesJob: Job<
  { readonly id: string; readonly values: Readonly<Record<string, number>> },
  readonly FileSource[]
> = {
  run({ id, values }) {
    const files = phantomFiles(id, values).map(({ path, bytes }) => ({ path, content: bytes }));
    return { value: files, transfer: [...new Set(files.map((f) => f.content.buffer))] };
  },
};
