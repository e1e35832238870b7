import type { FileSource, Study } from '../api.ts';
import { sessionOf } from './session.ts';

/** The file behind a path of the study. @throws RangeError when there is none. */
export function sourceOf(study: Study, path: string): FileSource {
  const source = sessionOf(study).sources.get(path);
  if (!source) throw new RangeError(`no file ${path} in this study`);
  return source;
}
