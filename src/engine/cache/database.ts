import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { DeviceBook } from '../../quality/constancy/run.ts';
import type { StoredSlice, StoredStep, StoredWork } from '../regions/stored.ts';

export const DATABASE = 'kinetex';
const VERSION = 3;

export interface StoredResult {
  /** SHA-256 of what the result was computed from; never anything of the patient. */
  readonly key: string;
  readonly value: unknown;
  readonly bytes: number;
  readonly used: number;
}

/** Key of the work, id of the region, 0 its mask or 1 what was proposed, slice. */
export type SliceKey = [work: string, region: string, part: 0 | 1, slice: number];
/** Key of the work, number of the step. */
export type StepKey = [work: string, number: number];

interface Schema extends DBSchema {
  results: { key: string; value: StoredResult; indexes: { used: number } };
  'region-works': { key: string; value: StoredWork; indexes: { series: string } };
  'region-slices': { key: SliceKey; value: StoredSlice };
  'region-steps': { key: StepKey; value: StoredStep };
  equipment: { key: string; value: DeviceBook };
}

export type Database = IDBPDatabase<Schema>;

export interface OpenedDatabase {
  readonly database: Database | null;
  readonly problem?: 'unavailable' | 'blocked_by_other_tab';
}

const PATIENCE = 2000; // ms to wait for another tab that holds an older version

/**
 * Opens the results database, migrating older versions. Never throws: where storage is refused (private windows,
 * full disks, another tab with an old version) work goes on without it and the problem is told.
 */
export async function openDatabase(): Promise<OpenedDatabase> {
  if (typeof indexedDB === 'undefined') return { database: null, problem: 'unavailable' };
  let blocked = false;
  try {
    const opening = openDB<Schema>(DATABASE, VERSION, {
      upgrade(db, from) {
        if (from < 1) db.createObjectStore('results', { keyPath: 'key' }).createIndex('used', 'used');
        if (from < 2) {
          const works = db.createObjectStore('region-works', { keyPath: 'key' });
          works.createIndex('series', 'series', { multiEntry: true });
          db.createObjectStore('region-slices');
          db.createObjectStore('region-steps');
        }
        if (from < 3) db.createObjectStore('equipment', { keyPath: 'device.id' });
      },
      blocked: () => {
        blocked = true;
      },
      // Another tab wants a newer version, or to erase: step aside at once.
      blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
    });
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE));
    const database = await Promise.race([opening, late]);
    if (database === null) {
      void opening.then((db) => db.close()).catch(() => undefined);
      return { database: null, problem: blocked ? 'blocked_by_other_tab' : 'unavailable' };
    }
    return { database };
  } catch {
    return { database: null, problem: 'unavailable' };
  }
}

/** Is there a database of ours? To open it in order to see would make it. */
export async function databaseExists(): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return false;
  return (await indexedDB.databases()).some((d) => d.name === DATABASE);
}

/** Deletes the database; true when the browser then lists none of ours. */
export async function eraseDatabase(): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return true;
  await deleteDB(DATABASE);
  return !(await databaseExists());
}
