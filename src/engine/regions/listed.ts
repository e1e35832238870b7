import { determinant, type Grid } from '../../core/geometry.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Study } from '../api.ts';
import { gridOfBox, wholeBox } from '../../regions/box.ts';
import { combined } from '../../regions/document/combine.ts';
import type { Reader, RegionRecord, RegionState } from '../../regions/document/document.ts';
import { countVoxels, packedBox, unpackBox } from '../../regions/document/packed-mask.ts';
import type { RegionEntry } from './api.ts';
import { seriesOf } from '../study/volume.ts';
import { gridOf, type RegionWork } from './work.ts';

const sources = new WeakMap<RegionRecord, RegionSource>();
const entries = new WeakMap<RegionRecord, RegionEntry>();

/** Is the region shown while this reader reads? */
const shown = (state: RegionState, reader: 'first' | 'second'): boolean =>
  state.reading === 'both' || state.reading === reader;

/** A region as any other of the study. Its voxels are unpacked when they are asked for. */
export function sourceOfRecord(study: Study, record: RegionRecord): RegionSource {
  const known = sources.get(record);
  if (known) return known;
  const series = seriesOf(study, record.series);
  const grid = gridOf(series);
  const box = packedBox(record.mask) ?? wholeBox([1, 1, 1]);
  let data: Uint8Array | undefined;
  const source: RegionSource = {
    id: record.id,
    name: record.name,
    colour: record.colour,
    origin: 'drawn',
    file: '',
    frameOfReference: series.frameOfReference,
    referencedSeries: series.uid.replace(/#\d+$/, ''),
    shape: {
      kind: 'voxels',
      grid: gridOfBox(grid, box),
      // An own accessor: what is sent to a worker is the plain array.
      get data() {
        return (data ??= unpackBox(record.mask, box));
      },
      within: grid,
    },
    findings: [],
  };
  sources.set(record, source);
  return source;
}

/** Imported regions, under the names they were given, then the editable ones; what the reader may not see is left out. */
export function withRegions(study: Study, { imports, document: { state } }: RegionWork): Study {
  const imported = shown(state, 'first') ? importedOf(imports, state) : [];
  const own = state.regions
    .filter((r) => !r.marks && shown(state, r.reader))
    .map((r) => sourceOfRecord(study, r));
  return { ...study, regions: [...imported, ...own] };
}

/** Every region of the study with the reader it belongs to, whoever reads now. `series`: whose grid a drawn one lies on. */
export function everyRegion(
  study: Study,
  { imports, document: { state } }: RegionWork,
): readonly { readonly source: RegionSource; readonly reader: Reader; readonly series?: string }[] {
  const imported = importedOf(imports, state).map((source) => ({ source, reader: 'first' as const }));
  const drawn = state.regions
    .filter((r) => !r.marks)
    .map((r) => ({ source: sourceOfRecord(study, r), reader: r.reader, series: r.series }));
  return [...imported, ...drawn];
}

/** The regions that were read from files and are not left out. */
function importedOf(imports: RegionWork['imports'], state: RegionState): RegionSource[] {
  return [...imports.values()]
    .filter((r) => !state.leftOut.includes(r.id))
    .map((r) => {
      const { name = r.name, colour = r.colour } = state.overrides[r.id] ?? {};
      return name === r.name && colour === r.colour ? r : { ...r, name, colour };
    });
}

export function entriesOf(
  study: Study,
  { imports, document: { state } }: RegionWork,
): readonly RegionEntry[] {
  const imported = shown(state, 'first') ? importedOf(imports, state) : [];
  return [
    ...imported.map((r): RegionEntry => ({
      id: r.id,
      kind: 'imported',
      name: r.name,
      colour: r.colour,
      locked: true,
      visible: state.overrides[r.id]?.visible ?? true,
      series: undefined,
      reader: 'first',
      voxels: undefined,
      volume: undefined,
      box: null,
      origins: [],
      editedShare: undefined,
    })),
    ...state.regions
      .filter((r) => !r.marks && shown(state, r.reader))
      .map((r) => entryOf(r, gridOf(seriesOf(study, r.series)))),
  ];
}

function entryOf(record: RegionRecord, grid: Grid): RegionEntry {
  const known = entries.get(record);
  if (known) return known;
  const voxels = countVoxels(record.mask);
  const { id, name, colour, locked, visible, series, reader, origins, proposal } = record;
  const proposed = proposal ? countVoxels(proposal) : 0;
  const entry: RegionEntry = {
    id,
    kind: 'editable',
    name,
    colour,
    locked,
    visible,
    series,
    reader,
    voxels,
    volume: voxels * Math.abs(determinant(grid.affine)),
    box: packedBox(record.mask),
    origins,
    editedShare:
      proposal && proposed > 0
        ? countVoxels(combined('symmetric-difference', proposal, record.mask)) / proposed
        : undefined,
  };
  entries.set(record, entry);
  return entry;
}
