import { determinant } from '../../core/geometry.ts';
import { checkedValues, checkValues, writtenValues, type ParameterValues } from '../../core/parameters.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import type { CallOptions, Engine, PlacedRegion, Study } from '../api.ts';
import { boxOf, boxSize } from '../../regions/box.ts';
import type { Change, RegionRecord } from '../../regions/document/document.ts';
import {
  countVoxels,
  deltaBetween,
  emptyMask,
  packBox,
  packMask,
  unpackMask,
  type PackedMask,
} from '../../regions/document/packed-mask.ts';
import { fillPolygon } from '../../regions/draw/polygon-fill.ts';
import { floodFill } from '../../regions/draw/flood-fill.ts';
import { glimpseThreshold } from '../../regions/edit/threshold/glimpse.ts';
import { OPERATIONS, operationOf } from '../../regions/edit/registry.ts';
import { unusedColour } from '../../regions/import/colours.ts';
import { placeRegion } from '../../regions/place/place.ts';
import { pieceOf } from '../../regions/segment/piece.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf, volumeOf } from '../study/volume.ts';
import type { EditPreview, EditRequest, RegionTools } from './api.ts';
import type { Autosave } from './autosave.ts';
import { entriesOf, sourceOfRecord, withRegions } from './listed.ts';
import { createMarks } from './marks.ts';
import { maskChange, startStroke, strokeOf } from './stroke.ts';
import { uniqueId } from './unique-id.ts';
import { gridOf, sameSize, type RegionWork } from './work.ts';

interface Place {
  readonly runner: JobRunner;
  readonly placeRegion: Engine['placeRegion'];
  /** The work on a study's regions, and how it is kept. */
  readonly workOf: (study: Study) => { readonly work: RegionWork; readonly autosave: Autosave };
}

/** A region of the study as an image's mask, when it is an editable one on this very series. */
export function placedRecord(study: Study, record: RegionRecord): PlacedRegion {
  const series = seriesOf(study, record.series);
  const grid = gridOf(series);
  const source = sourceOfRecord(study, record);
  const shape = { kind: 'voxels', grid, data: unpackMask(record.mask) } as const;
  const placed = placeRegion({ ...source, shape }, { grid, frameOfReference: '' }, { resample: false });
  return { source, voxels: countVoxels(record.mask), ...placed };
}

export function createRegionTools({ runner, placeRegion: place, workOf }: Place): RegionTools {
  const add = (
    study: Study,
    series: string,
    mask: PackedMask,
    made: {
      readonly tool: string;
      readonly parameters: ParameterValues;
      readonly name?: string;
      readonly colour?: readonly [number, number, number];
      readonly automatic?: boolean;
    },
    also: readonly Change[] = [],
  ): string => {
    const { work } = workOf(study);
    const { state } = work.document;
    const used = entriesOf(study, work).map((e) => e.colour);
    const record: RegionRecord = {
      id: `region-${uniqueId()}`,
      name: made.name ?? unusedName(work),
      colour: made.colour ?? unusedColour(used),
      locked: false,
      visible: true,
      series,
      reader: state.reading === 'second' ? 'second' : 'first',
      mask,
      origins: [{ when: Date.now(), tool: made.tool, parameters: writtenValues(made.parameters), times: 1 }],
      ...(made.automatic && { proposal: mask }),
    };
    work.commit(made.tool, record.name, [...also, { kind: 'add', record, at: state.regions.length }]);
    return record.id;
  };

  const replace = (
    study: Study,
    region: string,
    mask: PackedMask,
    tool: string,
    parameters: ParameterValues,
  ): string => {
    const { work } = workOf(study);
    const record = work.unlocked(region);
    const change = maskChange(record, deltaBetween(record.mask, mask), tool, parameters);
    work.commit(tool, record.name, [change]);
    return region;
  };

  const tools: RegionTools = {
    operations: OPERATIONS,
    ...createMarks(workOf),
    restore: (study) => workOf(study).autosave.restore(study),
    onChange: (study, listener) => workOf(study).work.listen(listener),
    study: (study) => withRegions(study, workOf(study).work),
    entries: (study) => entriesOf(study, workOf(study).work),
    mask(study, region) {
      const { work } = workOf(study);
      const record = work.need(region);
      const { name, colour } = record;
      return { grid: gridOf(seriesOf(study, record.series)), data: work.live(record), name, colour };
    },

    create(study, { series, name }) {
      const { size } = gridOf(seriesOf(study, series));
      return add(study, series, emptyMask(size), {
        tool: 'new',
        parameters: {},
        ...(name !== undefined && { name }),
      });
    },
    async adopt(study, region, series, { resample = false, ...call } = {}) {
      const placed = await place(study, region, series, { ...call, resample });
      const { data, grid, name, colour } = placed.mask;
      const mask = packMask(data, grid.size, boxOf(data, grid.size) ?? undefined);
      const parameters = { placement: placed.placement };
      const leave: Change = { kind: 'left-out', region, out: true };
      return add(study, series, mask, { tool: 'import', parameters, name, colour }, [leave]);
    },
    async copyTo(study, region, series, call = {}) {
      const { work } = workOf(study);
      const record = work.need(region);
      const [from, to] = [seriesOf(study, record.series), seriesOf(study, series)];
      // Positions in two frames of reference have nothing to do with each other.
      if (from.frameOfReference !== to.frameOfReference) {
        throw refusedCase('region_other_frame', { region: record.name, series: to.description });
      }
      const placed = await place(study, region, series, { ...call, resample: true });
      const { data, grid, colour } = placed.mask;
      const mask = packMask(data, grid.size, boxOf(data, grid.size) ?? undefined);
      const parameters = { placement: placed.placement };
      return add(study, series, mask, { tool: 'copy', parameters, name: record.name, colour });
    },
    change(study, region, properties) {
      const { work } = workOf(study);
      const record = work.record(region);
      const known: Partial<RegionRecord> = record ?? work.document.state.overrides[region] ?? {};
      const keys = Object.keys(properties) as (keyof typeof properties)[];
      const before = Object.fromEntries(keys.flatMap((k) => (known[k] === undefined ? [] : [[k, known[k]]])));
      const subject = record?.name ?? work.imports.get(region)?.name ?? '';
      work.commit(keys.length === 1 ? `change-${keys[0]}` : 'change', subject, [
        { kind: 'properties', region, before, after: properties },
      ]);
    },
    remove(study, region) {
      const { work } = workOf(study);
      const at = work.document.state.regions.findIndex((r) => r.id === region);
      if (at < 0) {
        const subject = work.imports.get(region)?.name ?? '';
        work.commit('remove', subject, [{ kind: 'left-out', region, out: true }]);
        return;
      }
      const record = work.unlocked(region);
      work.commit('remove', record.name, [{ kind: 'remove', record, at }]);
    },

    stroke(study, region, brush) {
      const { work, autosave } = workOf(study);
      const record = work.unlocked(region);
      if (!(brush.radius > 0 && brush.radius <= 500)) {
        throw new RefusedInput('settings_invalid', {
          name: 'radius',
          expected: '0…500 mm',
          received: brush.radius,
        });
      }
      const grid = gridOf(seriesOf(study, record.series));
      const keep = autosave.keepUnfinished.bind(autosave);
      return startStroke(work, record, grid, brush, strokeOf(record, brush, keep));
    },
    polygon(study, region, polygon) {
      const { work } = workOf(study);
      const record = work.unlocked(region);
      const done = fillPolygon(work.live(record), record.mask.size, polygon);
      const { normal, slice, mode, points } = polygon;
      if (done.changed > 0) {
        const parameters = { normal, slice, mode, points: points.length };
        work.changed(record, done.box!);
        work.commit(
          'polygon',
          record.name,
          [maskChange(record, done.delta, 'polygon', parameters)],
          record.id,
        );
      }
      return { changed: done.changed, selfCrossing: done.selfCrossing };
    },
    fill(study, region, fill) {
      const { work } = workOf(study);
      const record = work.unlocked(region);
      const done = floodFill(work.live(record), record.mask.size, fill);
      if (!done.done) return { changed: 0, open: true };
      const parameters = { normal: fill.normal, slice: fill.slice };
      work.changed(record, done.box!);
      work.commit('fill', record.name, [maskChange(record, done.delta, 'fill', parameters)], record.id);
      return { changed: done.changed, open: false };
    },

    preview: (study, request, options) => previewOf(runner, workOf(study).work, study, request, options),
    glimpse(study, { operation, values, region }, volume, at, into) {
      if (operation !== 'threshold') return false;
      const checked = checkValues(operationOf(operation).parameters, values);
      const { work } = workOf(study);
      const within = region === null ? null : work.live(work.need(region));
      return glimpseThreshold(volume, checked, within, at, into);
    },
    previewMask(preview, into) {
      if (!into) return unpackMask(preview.mask);
      into.fill(0);
      return unpackMask(preview.mask, into);
    },
    accept(study, { request, mask }, { into, name } = {}) {
      const { region, series, operation } = request;
      const where = into ?? operationOf(operation).into;
      const parameters = { ...request.values, ...(request.seed && { seed: request.seed.join(',') }) };
      if (region !== null && where === 'same') return replace(study, region, mask, operation, parameters);
      return add(study, series, mask, {
        tool: operation,
        parameters,
        automatic: region === null,
        ...(name !== undefined && { name }),
      });
    },
    classMask(study, series, { box: { from, to }, labels }, label, at) {
      const { size } = gridOf(seriesOf(study, series));
      const box = { low: from, high: to };
      const inner = boxSize(box);
      const inBox = at?.every((v, a) => v >= from[a] && v < to[a]);
      const voxel =
        at && inBox ? at[0] - from[0] + inner[0] * (at[1] - from[1] + inner[1] * (at[2] - from[2])) : -1;
      const data = at ? pieceOf(labels, inner, label, voxel) : labels.map((l) => Number(l === label));
      return packBox(size, box, data);
    },
    put(study, { series, region, mask: given, name, tool, parameters, automatic }) {
      const { size } = gridOf(seriesOf(study, series));
      const mask = given instanceof Uint8Array ? packMask(given, size) : given;
      if (!sameSize(mask.size, size)) {
        throw new RefusedInput('region_grid_differs', {
          region: name ?? tool,
          expected: size.join('×'),
          received: mask.size.join('×'),
        });
      }
      if (region !== null) return replace(study, region, mask, tool, parameters);
      return add(study, series, mask, { tool, parameters, automatic, ...(name !== undefined && { name }) });
    },

    undo: (study) => workOf(study).work.undo(),
    redo: (study) => workOf(study).work.redo(),
    history(study) {
      const { steps, done } = workOf(study).work.document;
      return steps.map(({ number, tool, subject, when }, n) => ({
        number,
        tool,
        subject,
        when,
        done: n < done,
      }));
    },
    setReading(study, reading) {
      const { work } = workOf(study);
      const before = work.document.state.reading;
      if (before !== reading) work.commit('reading', '', [{ kind: 'reading', before, after: reading }]);
    },
    reading: (study) => workOf(study).work.document.state.reading,

    async compare(study, regions, series, call = {}) {
      const [a, b] = await Promise.all(
        regions.map((r) => place(study, r, series, { ...call, resample: true })),
      );
      const result = await runner.run('compare-regions', { a: a.mask, b: b.mask }, call);
      return { ...result, names: [a.mask.name, b.mask.name] };
    },

    autosave: (study) => workOf(study).autosave.state,
    saved: (study) => workOf(study).autosave.settled(),
  };
  return tools;
}

/** `Region 3`: the first number that no region of the study has. */
function unusedName(work: RegionWork): string {
  const names = new Set([...work.imports.values(), ...work.document.state.regions].map((r) => r.name));
  for (let n = 1; ; n++) if (!names.has(`Region ${n}`)) return `Region ${n}`;
}

async function previewOf(
  runner: JobRunner,
  work: RegionWork,
  study: Study,
  request: EditRequest,
  options: CallOptions = {},
): Promise<EditPreview> {
  const start = Date.now();
  const operation = operationOf(request.operation);
  const values = checkedValues(operation.parameters, request.values);
  const series = seriesOf(study, request.series);
  const grid = gridOf(series);
  const missing = (setting: string) =>
    new RefusedInput('settings_invalid', { name: setting, expected: operation.id, received: '–' });
  const recordOn = (id: string): RegionRecord => {
    const record = work.need(id);
    if (record.series === request.series) return record;
    throw new RefusedInput('region_grid_differs', { region: record.name, series: series.description });
  };
  if (operation.needs.region && request.region === null) throw missing('region');
  if (operation.needs.other && request.other === undefined) throw missing('other');
  if (operation.needs.seed && request.seed === undefined) throw missing('seed');
  const mask = request.region === null ? emptyMask(grid.size) : recordOn(request.region).mask;
  const other = request.other === undefined ? null : recordOn(request.other).mask;
  const image = operation.needs.image
    ? await volumeOf(runner, study, request.series, request.phase ?? 0, options)
    : null;
  const input = { operation: operation.id, values, grid, image, mask, other, seed: request.seed ?? null };
  const { mask: found, facts, findings, pieces } = await runner.run('edit-region', input, options);
  const voxels = countVoxels(found);
  return {
    request: { ...request, values },
    mask: found,
    voxels,
    volume: voxels * Math.abs(determinant(grid.affine)),
    facts,
    findings,
    ...(pieces && { pieces }),
    milliseconds: Date.now() - start,
  };
}
