import type { DeviceBook } from '../../quality/constancy/run.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import { openDatabase } from '../cache/database.ts';
import { isIncognito } from '../cache/results.ts';
import { memoryBooks } from './memory.ts';

/** Opens the database for one piece of work and closes it, so that erasing never waits. Null: nothing is kept here. */
async function withDatabase<T>(
  work: (db: NonNullable<Awaited<ReturnType<typeof openDatabase>>['database']>) => Promise<T>,
): Promise<T | null> {
  if (isIncognito()) return null;
  const { database } = await openDatabase();
  if (!database) return null;
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** Books of all devices; those of this page alone where the browser keeps nothing. */
export async function readBooks(): Promise<{ readonly books: DeviceBook[]; readonly stored: boolean }> {
  const kept = await withDatabase((db) => db.getAll('equipment')).catch(() => null);
  const books = kept ?? [...memoryBooks.values()];
  return {
    books: books.sort((a, b) => a.device.label.localeCompare(b.device.label)),
    stored: kept !== null,
  };
}

/**
 * Changes the book of a device in one transaction: after a kill the old or the new is there, never half.
 * @param change gets the book as it is now, or undefined; undefined from it removes the book
 * @throws RefusedInput `store_refused` when the disk is full; whatever `change` throws
 */
export async function changeBook(
  id: string,
  change: (now: DeviceBook | undefined) => DeviceBook | undefined,
): Promise<DeviceBook | undefined> {
  let thrown: unknown;
  const done = await withDatabase(async (db) => {
    const transaction = db.transaction('equipment', 'readwrite');
    transaction.done.catch(() => undefined);
    const now = await transaction.store.get(id);
    let next: DeviceBook | undefined;
    try {
      next = change(now);
    } catch (error) {
      thrown = error;
      transaction.abort();
      return { next: now };
    }
    if (next) await transaction.store.put(next);
    else await transaction.store.delete(id);
    await transaction.done;
    return { next };
  }).catch((error: unknown) => {
    if (error instanceof DOMException) throw refusedCase('store_refused');
    throw error;
  });
  if (thrown !== undefined) throw thrown;
  if (done) return done.next;
  const next = change(memoryBooks.get(id));
  if (next) memoryBooks.set(id, next);
  else memoryBooks.delete(id);
  return next;
}
