/** A region of one reader. */
export interface ReaderRegion {
  readonly id: string;
  readonly name: string;
  /** Series that it lies on; only regions of one series are paired. */
  readonly series: string;
}

/** One lesion, drawn by both readers. */
export interface RegionPair {
  /** Name of the lesion, different for each pair. */
  readonly subject: string;
  readonly first: string;
  readonly second: string;
  readonly series: string;
}

export interface PairedRegions {
  readonly pairs: readonly (RegionPair & { readonly by: 'name' | 'overlap' })[];
  /** Regions that no one of the other reader answers to. */
  readonly alone: readonly ReaderRegion[];
}

const plain = (name: string): string => name.trim().toLocaleLowerCase().replace(/\s+/g, ' ');

/**
 * Which region of the second reader is which of the first: those of one name on one series, where either reader has the
 * name once; of the rest, pair by pair, those that overlap most. In the order of the first reader.
 * @param overlap Dice of two regions of one series, 0 to 1; asked only for those that names leave
 */
export function pairRegions(
  first: readonly ReaderRegion[],
  second: readonly ReaderRegion[],
  overlap: (first: ReaderRegion, second: ReaderRegion) => number,
): PairedRegions {
  const partner = new Map<ReaderRegion, { with: ReaderRegion; by: 'name' | 'overlap' }>();
  const taken = new Set<ReaderRegion>();
  const namesake = (r: ReaderRegion, among: readonly ReaderRegion[]) => {
    const found = among.filter((o) => o.series === r.series && plain(o.name) === plain(r.name));
    return found.length === 1 ? found[0]! : null;
  };
  for (const a of first) {
    const b = namesake(a, second);
    if (!b || namesake(b, first) !== a) continue;
    partner.set(a, { with: b, by: 'name' });
    taken.add(b);
  }
  const open = first
    .filter((a) => !partner.has(a))
    .flatMap((a) =>
      second
        .filter((b) => !taken.has(b) && b.series === a.series)
        .map((b) => ({ a, b, share: overlap(a, b) })),
    )
    .filter(({ share }) => share > 0)
    .sort((x, y) => y.share - x.share);
  for (const { a, b } of open) {
    if (partner.has(a) || taken.has(b)) continue;
    partner.set(a, { with: b, by: 'overlap' });
    taken.add(b);
  }
  const subjects = new Set<string>();
  return {
    pairs: first.flatMap((a) => {
      const found = partner.get(a);
      if (!found) return [];
      const subject = distinct(a.name, subjects);
      return [{ subject, first: a.id, second: found.with.id, series: a.series, by: found.by }];
    }),
    alone: [...first.filter((a) => !partner.has(a)), ...second.filter((b) => !taken.has(b))],
  };
}

/** The name, or the name with the first number that makes it another. */
function distinct(name: string, taken: Set<string>): string {
  let found = name;
  for (let n = 2; taken.has(found); n++) found = `${name} (${n})`;
  taken.add(found);
  return found;
}

export interface Drawn {
  readonly id: string;
  readonly reader: 'first' | 'second';
  /** File that it was read from; empty for what was drawn here. */
  readonly file: string;
}

/**
 * Whose region is whose: by the reader who drew it; where all belong to the first, by the two files that they came in, or
 * of more files by their two folders; the first of them is the first reader's.
 */
export function sidesOf<T extends Drawn>(
  regions: readonly T[],
): { readonly by: 'reader' | 'file' | null; readonly first: readonly T[]; readonly second: readonly T[] } {
  const by = (isSecond: (r: T) => boolean) => ({
    first: regions.filter((r) => !isSecond(r)),
    second: regions.filter(isSecond),
  });
  if (regions.some((r) => r.reader === 'second'))
    return { by: 'reader', ...by((r) => r.reader === 'second') };
  const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/') + 1);
  for (const of of [(r: T) => r.file, (r: T) => folderOf(r.file)]) {
    const places = [...new Set(regions.map(of))];
    if (places.length === 2) return { by: 'file', ...by((r) => of(r) !== places[0]) };
  }
  return { by: null, first: regions, second: [] };
}
