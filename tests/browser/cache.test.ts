import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATABASE } from '../../src/engine/cache/database.ts';
import { ResultCache } from '../../src/engine/cache/results.ts';

describe('the cache of results', () => {
  beforeEach(async () => {
    await new ResultCache().setIncognito(false);
    await new ResultCache().eraseAll();
  });
  afterEach(() => new ResultCache().eraseAll());

  it('gives back what was put, also to another page', async () => {
    await new ResultCache().put('key', { values: [1, null, 3] });
    expect(await new ResultCache().get('key')).toEqual({ values: [1, null, 3] });
    expect(await new ResultCache().get('other')).toBeUndefined();
  });

  it('keeps nothing without a key: where hashes are missing, nothing is confused', async () => {
    const cache = new ResultCache();
    await cache.put('', { a: 1 });
    expect((await cache.state()).entries).toBe(0);
  });

  it('erases everything, and says that nothing is left', async () => {
    const cache = new ResultCache();
    await cache.put('key', { a: 1 });
    localStorage.setItem('kinetex.language', 'ru');
    expect(await cache.eraseAll()).toBe(true);
    expect((await indexedDB.databases()).map((d) => d.name)).not.toContain(DATABASE);
    expect(Object.keys(localStorage).filter((k) => k.startsWith('kinetex.'))).toEqual([]);
    await cache.put('again', { b: 2 });
    expect(await cache.get('again')).toEqual({ b: 2 });
  });

  it('keeps nothing while incognito', async () => {
    const cache = new ResultCache();
    await cache.put('key', { a: 1 });
    await cache.setIncognito(true);
    await cache.put('secret', { a: 2 });
    expect(await cache.get('secret')).toBeUndefined();
    expect(await cache.state()).toMatchObject({ available: false, problem: 'incognito' });
    await cache.setIncognito(false);
    expect(await cache.get('secret')).toBeUndefined();
    expect(await cache.get('key')).toBeUndefined();
  });

  it('goes on without storage when another tab takes the database away', async () => {
    const cache = new ResultCache();
    await cache.put('key', { a: 1 });
    await new Promise<void>((resolve, reject) => {
      const asked = indexedDB.deleteDatabase(DATABASE);
      asked.onsuccess = () => resolve();
      asked.onerror = () => reject(asked.error);
    });
    expect(await cache.get('key')).toBeUndefined();
    await cache.put('new', { b: 1 });
    expect(await cache.get('new')).toEqual({ b: 1 });
  });
});
