import { makeCtSample, makeMrSample } from '../../quality/phantoms/sample-study.ts';
import type { FileSource } from '../api.ts';
import type { Job } from './job.ts';

/** Makes a part of the sample study: DICOM files of the project's own phantoms. */
export const sampleStudyJob: Job<{ readonly part: 'ct' | 'mr' }, readonly FileSource[]> = {
  run({ part }) {
    const made = part === 'ct' ? makeCtSample() : makeMrSample();
    const files = made.map(({ path, bytes }) => ({ path, content: bytes }));
    return { value: files, transfer: [...new Set(files.map((f) => f.content.buffer))] };
  },
};
