import type { en } from './en.ts';
import type { Entry } from './entry.ts';

export type Key = keyof typeof en;

/** What every language has to provide: a missing or extra key does not compile. */
export type Catalogue = Readonly<Record<Key, Entry>>;
