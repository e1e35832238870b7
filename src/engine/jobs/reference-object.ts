import { kineticReferenceFiles } from '../../quality/phantoms/kinetic-reference-object/files.ts';
import type { FileSource, ReferenceObjectSettings } from '../api.ts';
import type { Job } from './job.ts';

/** Makes the kinetic digital reference object: DICOM files with known answers. */
export const referenceObjectJob: Job<ReferenceObjectSettings, readonly FileSource[]> = {
  run(settings) {
    const files = kineticReferenceFiles(settings).map(({ path, bytes }) => ({ path, content: bytes }));
    return { value: files, transfer: [...new Set(files.map((f) => f.content.buffer))] };
  },
};
