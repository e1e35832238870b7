import type { Vec3 } from '../../core/geometry.ts';
import type { Study } from '../api.ts';
import { combined } from '../../regions/document/combine.ts';
import type { Change, Colour, MarkKind, Reader, RegionRecord } from '../../regions/document/document.ts';
import {
  countVoxels,
  deltaBetween,
  emptyMask,
  packBox,
  packedBox,
  voxelsOf,
  type MaskDelta,
  type PackedMask,
} from '../../regions/document/packed-mask.ts';
import { seriesOf } from '../study/volume.ts';
import type { MarkLayer, RegionTools } from './api.ts';
import type { Autosave } from './autosave.ts';
import { maskChange, startStroke } from './stroke.ts';
import { uniqueId } from './unique-id.ts';
import { gridOf, type RegionWork } from './work.ts';

const KINDS: readonly MarkKind[] = ['lesion', 'background', 'points'];

/** Told apart by hue and by lightness. */
const COLOURS: Readonly<Record<MarkKind, Colour>> = {
  lesion: [255, 96, 96],
  background: [96, 168, 255],
  points: [255, 224, 96],
};

type Marks = Pick<RegionTools, 'marks' | 'markStroke' | 'markPoint' | 'clearMarks'>;

/**
 * Strokes of two tissues and points, for methods that learn or start from them. They live in the document as regions
 * that no list shows, so that undo, redo and a reload know them like any other stroke. A voxel has one class: the last
 * one drawn.
 */
export function createMarks(
  workOf: (study: Study) => { readonly work: RegionWork; readonly autosave: Autosave },
): Marks {
  const reader = (work: RegionWork): Reader =>
    work.document.state.reading === 'second' ? 'second' : 'first';
  /** Also one that has no step of the history yet. */
  const found = (work: RegionWork, series: string, kind: MarkKind): RegionRecord | undefined =>
    [...work.document.state.regions, ...work.fresh.values()].find(
      (r) => r.marks === kind && r.series === series && r.reader === reader(work),
    );
  const needed = (study: Study, work: RegionWork, series: string, kind: MarkKind): RegionRecord => {
    const known = found(work, series, kind);
    if (known) return known;
    const record: RegionRecord = {
      id: `marks-${uniqueId()}`,
      marks: kind,
      name: '',
      colour: COLOURS[kind],
      locked: false,
      visible: true,
      series,
      reader: reader(work),
      mask: emptyMask(gridOf(seriesOf(study, series)).size),
      origins: [{ when: Date.now(), tool: `mark-${kind}`, parameters: {}, times: 1 }],
    };
    work.fresh.set(record.id, record);
    return record;
  };
  /** The change of a layer, with the layer itself where it is new, and with what the other class loses by it. */
  const changesOf = (work: RegionWork, record: RegionRecord, delta: MaskDelta): readonly Change[] => {
    const { marks: kind, series, id } = record;
    const tool = `mark-${kind}`;
    const own = maskChange(record, delta, tool, {});
    const begun: Change[] = work.fresh.has(id)
      ? [{ kind: 'add', record, at: work.document.state.regions.length }]
      : [];
    const other =
      kind === 'points' ? undefined : found(work, series, kind === 'lesion' ? 'background' : 'lesion');
    if (!other || work.fresh.has(other.id)) return [...begun, own];
    const left = combined('difference', other.mask, maskOfDelta(delta, other.mask.size));
    const loss = deltaBetween(other.mask, left);
    return loss.slices.some((s) => s.rows > 0)
      ? [...begun, own, maskChange(other, loss, tool, {})]
      : [...begun, own];
  };

  return {
    marks(study, series) {
      const { work } = workOf(study);
      const grid = gridOf(seriesOf(study, series));
      return KINDS.flatMap((kind): MarkLayer[] => {
        const record = found(work, series, kind);
        if (!record) return [];
        const { id, name, colour, mask } = record;
        const points = kind === 'points' ? voxelsOf(mask) : [];
        const live = { grid, data: work.live(record), name, colour };
        return [{ id, kind, voxels: countVoxels(mask), points, box: packedBox(mask), mask: live }];
      });
    },
    markStroke(study, series, kind, brush) {
      const { work, autosave } = workOf(study);
      const record = needed(study, work, series, kind);
      work.tell({ kind: 'list' });
      return startStroke(work, record, gridOf(seriesOf(study, series)), brush, {
        tool: `mark-${kind}`,
        changes: (delta) => changesOf(work, record, delta),
        keep: autosave.keepUnfinished.bind(autosave),
      });
    },
    markPoint(study, series, point) {
      const { work } = workOf(study);
      const record = needed(study, work, series, 'points');
      const one = oneVoxel(record.mask, point);
      const delta = deltaBetween(record.mask, combined('symmetric-difference', record.mask, one));
      work.commit('mark-points', '', changesOf(work, record, delta));
    },
    clearMarks(study, series) {
      const { work } = workOf(study);
      const { regions } = work.document.state;
      const gone = KINDS.flatMap((kind) => found(work, series, kind) ?? []).filter(
        (r) => countVoxels(r.mask) > 0,
      );
      // From the last to the first, so that each stands where its step says.
      const changes = gone
        .map((record): Change => ({ kind: 'remove', record, at: regions.indexOf(record) }))
        .sort((a, b) => ('at' in a && 'at' in b ? b.at - a.at : 0));
      if (changes.length > 0) work.commit('mark-clear', '', changes);
    },
  };
}

/** The voxels that a stroke of one class turned over are those it set: it only ever adds. */
const maskOfDelta = ({ from, slices }: MaskDelta, size: PackedMask['size']): PackedMask => {
  const whole = [...emptyMask(size).slices];
  slices.forEach((slice, n) => (whole[from + n] = slice));
  return { size, slices: whole };
};

function oneVoxel({ size }: PackedMask, [x, y, z]: Vec3): PackedMask {
  return packBox(size, { low: [x, y, z], high: [x + 1, y + 1, z + 1] }, Uint8Array.of(1));
}
