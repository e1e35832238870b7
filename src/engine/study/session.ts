import type { FileSource, Study } from '../api.ts';
import type { DecodedPixels, DicomInstance, ImageFile } from '../../core/instance.ts';
import type { Volume } from '../../core/volume.ts';
import type { SharedWork } from './shared-work.ts';
import { newToldWords, type ToldWords } from './told-words.ts';

/** What the engine keeps beside the plain {@link Study}: sources, pixels and volumes. Dropped with the study. */
export interface Session {
  readonly sources: Map<string, FileSource>;
  /** Hash of each file's bytes, by path. */
  readonly hashes: Map<string, string>;
  /** Headers of the DICOM images, by path. */
  readonly instances: Map<string, DicomInstance>;
  /** Stored pixels that were decoded while reading and are not yet part of a volume, by path. */
  readonly pixels: Map<string, DecodedPixels>;
  readonly images: Map<string, ImageFile>;
  /** Maps that were computed here, by the UID of their series. */
  readonly derived: Map<string, Volume>;
  /** What the files tell of people, places and visits: see {@link ToldWords}. */
  readonly told: ToldWords;
  /** Volumes by `series phase`, least recently used first. */
  readonly volumes: Map<string, SharedWork<Volume>>;
}

export const newSession = (): Session => ({
  sources: new Map(),
  hashes: new Map(),
  instances: new Map(),
  pixels: new Map(),
  images: new Map(),
  derived: new Map(),
  told: newToldWords(),
  volumes: new Map(),
});

/** Sessions by study id: later states of a study share one session. */
const sessions = new Map<string, Session>();

export function openSession(id: string): Session {
  const session = sessions.get(id) ?? newSession();
  sessions.set(id, session);
  return session;
}

/** @throws RangeError when the study was closed. */
export function sessionOf(study: Study): Session {
  const session = sessions.get(study.id);
  if (!session) throw new RangeError('this study was closed');
  return session;
}

/** Of every study that is open. */
export const openSessions = (): Iterable<Session> => sessions.values();

export function closeSession(study: Study): void {
  sessions.delete(study.id);
}
