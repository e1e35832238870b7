import { makeSampleStudy } from '../../quality/phantoms/sample-study.ts';
import type { FileSource } from '../api.ts';
import type { Job } from './job.ts';

/** Makes the sample study: DICOM files of the project's own phantoms. */
export const sampleStudyJob: Job<Record<string, never>, readonly FileSource[]> = {
  run() {
    const files = makeSampleStudy().map(({ path, bytes }) => ({
      path,
      content: bytes as Uint8Array<ArrayBuffer>,
    }));
    return { value: files, transfer: [...new Set(files.map((f) => f.content.buffer))] };
  },
};
