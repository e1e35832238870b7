import type { Study } from '../api.ts';
import { commit, type Change, type RegionDocument } from '../../regions/document/document.ts';
import { isIncognito } from '../cache/results.ts';
import { openDatabase, type Database } from '../cache/database.ts';
import { sha256 } from '../hash.ts';
import { sessionOf } from '../study/session.ts';
import type { AutosaveState, Restored } from './api.ts';
import { dropOldestWork, findWork, readWork, writeWork, WrittenElsewhere, type Written } from './storage.ts';
import { renamed, type Names } from './stored.ts';
import { uniqueId } from './unique-id.ts';
import type { RegionWork } from './work.ts';

/** This tab, among those that may write. */
const WRITER = uniqueId();

const NOTHING: Restored = { regions: 0, steps: 0, damaged: [] };

/** What a study is called in the store: hashes of its content, never anything of the patient. */
interface Identity {
  readonly key: string;
  readonly series: readonly string[];
  readonly names: Names;
  readonly back: Names;
}

/**
 * Keeps the work on the regions of a study in this browser. Every step is written when it is done, whatever came
 * together while the last writing ran in one go. Failures are told and survived: work goes on without being kept.
 */
export class Autosave {
  #state: AutosaveState = 'saved';
  #written: Written | null = null;
  #wanted: RegionDocument | null = null;
  #running: Promise<void> | null = null;
  #database: Promise<Database | null> | null = null;
  #identity: Identity | null = null;
  #restored: Promise<Restored> | null = null;
  #off = isIncognito();

  constructor(
    private readonly work: RegionWork,
    private study: Study,
  ) {
    if (this.#off) this.#state = 'incognito';
    work.onDocument = (document) => this.#keep(document);
  }

  get state(): AutosaveState {
    return this.#state;
  }

  /** The newest state of the study: images may have come to it. */
  know(study: Study): void {
    if (study === this.study) return;
    this.study = study;
    this.#identity = null;
  }

  /** A stroke under way, as if it ended here; its end takes the same place in the history. Null: it was taken back. */
  keepUnfinished(tool: string, changes: readonly Change[] | null): void {
    const { document } = this.work;
    if (changes === null) {
      this.#keep(document);
      return;
    }
    const [first] = changes;
    const subject = first?.kind === 'mask' ? (this.work.record(first.region)?.name ?? '') : '';
    this.#keep(commit(document, { when: Date.now(), tool, subject, changes }));
  }

  /** Brings back what was kept of this study; beside what was drawn meanwhile. */
  restore(study: Study): Promise<Restored> {
    this.know(study);
    this.#restored ??= this.#restore().catch(() => NOTHING);
    return this.#restored;
  }

  async #restore(): Promise<Restored> {
    const db = await this.#open();
    const identity = await this.#identify();
    if (db === null || identity === null) return NOTHING;
    const found = await findWork(db, identity.series);
    if (!found) return NOTHING;
    const { document, damaged } = await readWork(db, found);
    const own = renamed(document, identity.back);
    if (this.work.document.steps.length === 0) this.work.load(own);
    else this.work.load(joined(own, this.work.document));
    return { regions: own.state.regions.filter((r) => !r.marks).length, steps: own.steps.length, damaged };
  }

  /** Settles once all that was wanted is written, or cannot be. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Everything was erased, or nothing may be kept from now on: what is in memory stays there until it changes. */
  async forget(off: boolean): Promise<void> {
    this.#wanted = null;
    await this.settled();
    (await this.#database)?.close();
    this.#database = null;
    this.#written = null;
    this.#off = off;
    this.#tell(off ? 'incognito' : 'saved');
  }

  async close(): Promise<void> {
    await this.settled();
    (await this.#database)?.close();
  }

  #keep(document: RegionDocument): void {
    if (this.#off || this.#state === 'open_in_other_tab') return;
    this.#wanted = document;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  async #run(): Promise<void> {
    this.#tell('saving');
    let last: AutosaveState = 'saved';
    while (this.#wanted !== null) {
      const document = this.#wanted;
      this.#wanted = null;
      last = await this.#write(document);
    }
    this.#tell(last);
  }

  async #write(document: RegionDocument, again = true): Promise<AutosaveState> {
    // Work that was kept before is never written over: it is taken up first.
    if (this.#written === null && this.#restored === null) {
      await this.restore(this.study);
      return this.#write(this.work.document, again);
    }
    const db = await this.#open();
    if (db === null) return this.#state === 'saving' ? 'unavailable' : this.#state;
    const identity = await this.#identify();
    if (identity === null) return 'unavailable';
    const { key, series, names } = identity;
    try {
      this.#written = await writeWork(db, key, series, WRITER, this.#written, document, names);
      return 'saved';
    } catch (error) {
      if (error instanceof WrittenElsewhere) return 'open_in_other_tab';
      if (error instanceof DOMException && error.name === 'QuotaExceededError') {
        if (again && (await dropOldestWork(db, key).catch(() => false))) return this.#write(document);
        return 'full';
      }
      // The connection broke (evicted, closed by another tab): once more on a new one, whole.
      this.#database = null;
      this.#written = null;
      return again ? this.#write(document, false) : 'unavailable';
    }
  }

  #open(): Promise<Database | null> {
    if (this.#off) return Promise.resolve(null);
    this.#database ??= openDatabase().then(({ database, problem }) => {
      if (problem) this.#state = problem;
      return database;
    });
    return this.#database;
  }

  #tell(state: AutosaveState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.work.tell({ kind: 'autosave', autosave: state });
  }

  /** Hashes of the study's images and of the ids of its imported regions; null where hashes are missing. */
  async #identify(): Promise<Identity | null> {
    if (this.#identity) return this.#identity;
    const { hashes } = sessionOf(this.study);
    const series = new Map<string, string>();
    for (const s of this.study.series) {
      if (s.format === 'derived') continue;
      const files = s.files.map((f) => hashes.get(f) ?? '');
      const hash = files.includes('')
        ? ''
        : await sha256(JSON.stringify([files.sort(), s.uid.replace(/^[^#+]*/, '')]));
      if (hash !== '') series.set(s.uid, hash);
    }
    if (series.size === 0) return null;
    const imported = new Map<string, string>();
    for (const id of this.work.imports.keys()) imported.set(id, await sha256(id));
    const all = [...new Set(series.values())].sort();
    const through = (map: ReadonlyMap<string, string>) => (name: string) => map.get(name) ?? name;
    const turned = (map: ReadonlyMap<string, string>) => new Map([...map].map(([a, b]) => [b, a]));
    this.#identity = {
      key: await sha256(JSON.stringify(all)),
      series: all,
      names: { series: through(series), imported: through(imported) },
      back: { series: through(turned(series)), imported: through(turned(imported)) },
    };
    return this.#identity;
  }
}

/** Earlier work with what was drawn before it was found; its history is that of the new. */
function joined(earlier: RegionDocument, now: RegionDocument): RegionDocument {
  const { state } = now;
  return {
    ...now,
    state: {
      ...state,
      regions: [...earlier.state.regions, ...state.regions],
      leftOut: [...new Set([...earlier.state.leftOut, ...state.leftOut])],
      overrides: { ...earlier.state.overrides, ...state.overrides },
    },
    nextNumber: Math.max(earlier.nextNumber, now.nextNumber),
  };
}
