import type { CacheState } from '../api.ts';
import { eraseDatabase, openDatabase, type OpenedDatabase } from './database.ts';

/** Results kept at most; the least recently used go first. */
const MOST_BYTES = 256 * 2 ** 20;
const INCOGNITO = 'kinetex.incognito';

/**
 * Results by content key. One record a result in one transaction: a kill in the middle leaves the old or the new.
 * Every failure of storage is survived: the result is just not kept.
 */
export class ResultCache {
  #opened: Promise<OpenedDatabase> | undefined;
  #problem: CacheState['problem'];
  #incognito = isIncognito();

  async get(key: string): Promise<unknown> {
    if (key === '') return undefined;
    try {
      const db = await this.#database();
      const found = await db?.get('results', key);
      if (!db || !found) return undefined;
      await db.put('results', { ...found, used: Date.now() });
      return found.value;
    } catch {
      this.#forget();
      return undefined;
    }
  }

  async put(key: string, value: unknown): Promise<void> {
    if (key === '') return;
    const bytes = JSON.stringify(value).length;
    try {
      const db = await this.#database();
      await db?.put('results', { key, value, bytes, used: Date.now() });
      this.#problem = undefined;
      if (db) await this.#trim(db);
    } catch (error) {
      const full = error instanceof DOMException && error.name === 'QuotaExceededError';
      this.#problem = full ? 'full' : 'unavailable';
      if (!full) this.#forget();
    }
  }

  async state(): Promise<CacheState> {
    if (this.#incognito) return { available: false, entries: 0, bytes: 0, problem: 'incognito' };
    try {
      const db = await this.#database();
      if (!db) {
        const problem = (await this.#opened)?.problem ?? 'unavailable';
        return { available: false, entries: 0, bytes: 0, problem };
      }
      const all = await db.getAll('results');
      const bytes = all.reduce((n, r) => n + r.bytes, 0);
      return {
        available: true,
        entries: all.length,
        bytes,
        ...(this.#problem && { problem: this.#problem }),
      };
    } catch {
      this.#forget();
      return { available: false, entries: 0, bytes: 0, problem: 'unavailable' };
    }
  }

  /** Erases everything, and says whether nothing is left. */
  async eraseAll(): Promise<boolean> {
    const db = await this.#database().catch(() => null);
    db?.close();
    this.#forget();
    this.#problem = undefined;
    for (const key of ownKeys()) localStorage.removeItem(key);
    return (await eraseDatabase()) && ownKeys().length === 0;
  }

  async setIncognito(on: boolean): Promise<void> {
    if (on) await this.eraseAll();
    this.#incognito = on;
    if (typeof localStorage === 'undefined') return;
    // The one thing kept is the wish to keep nothing.
    if (on) localStorage.setItem(INCOGNITO, '1');
    else localStorage.removeItem(INCOGNITO);
  }

  async #database() {
    if (this.#incognito) return null;
    this.#opened ??= openDatabase();
    return (await this.#opened).database;
  }

  /** The connection broke (evicted, closed by another tab): the next call opens anew. */
  #forget(): void {
    this.#opened = undefined;
  }

  async #trim(db: NonNullable<OpenedDatabase['database']>): Promise<void> {
    const transaction = db.transaction('results', 'readwrite');
    let total = (await transaction.store.getAll()).reduce((n, r) => n + r.bytes, 0);
    let cursor = total > MOST_BYTES ? await transaction.store.index('used').openCursor() : null;
    while (cursor && total > MOST_BYTES) {
      total -= cursor.value.bytes;
      await cursor.delete();
      cursor = await cursor.continue();
    }
    await transaction.done;
  }
}

/** Has the person asked to keep nothing on this machine? */
export function isIncognito(): boolean {
  try {
    return typeof localStorage !== 'undefined' && localStorage.getItem(INCOGNITO) === '1';
  } catch {
    return false;
  }
}

function ownKeys(): string[] {
  try {
    return Object.keys(localStorage).filter((k) => k.startsWith('kinetex.'));
  } catch {
    return [];
  }
}
