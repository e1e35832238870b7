import type { Attributes } from '../../core/dicom.ts';
import { toldBy, type Told } from '../../formats/dicom/write/telling.ts';

/** What the files of a study tell of people, places and visits, each text once: it grows as they are read. */
export type ToldWords = { readonly [kind in keyof Told]: Set<string> };

export const newToldWords = (): ToldWords => ({
  names: new Set(),
  numbers: new Set(),
  places: new Set(),
  phrases: new Set(),
  files: new Set(),
});

/** Adds what the path and the headers of one file tell; a file that is no DICOM has no headers that do. */
export function addTold(words: ToldWords, path: string, attributes: Attributes): void {
  words.files.add(path);
  const told = toldBy(attributes);
  for (const kind of ['names', 'numbers', 'places', 'phrases'] as const)
    for (const text of told[kind]) words[kind].add(text);
}

/** As plain data. */
export const toldOf = (words: ToldWords): Told => ({
  names: [...words.names],
  numbers: [...words.numbers],
  places: [...words.places],
  phrases: [...words.phrases],
  files: [...words.files],
});
