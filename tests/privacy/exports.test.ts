import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Study } from '../../src/engine/api.ts';
import { createNodeEngine } from '../../src/engine/node.ts';
import { itemsOf, textOf } from '../../src/core/dicom.ts';
import { readDicom } from '../../src/formats/dicom/read.ts';
import { strangerUid } from '../../src/formats/dicom/write/uid.ts';
import { everyExport } from './every-export.ts';
import { IDENTIFYING, plantedStudy, REGION_NAMES, UID } from './planted-study.ts';
import { leaksIn, type Leaving } from './search.ts';

describe('every export of a study full of identifying values', () => {
  let engine: Engine;
  let study: Study;
  let plain: Record<string, Leaving[]>;
  let identified: Record<string, Leaving[]>;
  beforeAll(async () => {
    engine = createNodeEngine();
    study = await engine.open(plantedStudy().map(({ path, bytes }) => ({ path, content: bytes })));
    plain = await everyExport(engine, study, false);
    identified = await everyExport(engine, study, true);
  }, 240_000);

  it('the study is read as it was planted', () => {
    expect(study.refused).toEqual([]);
    expect(study.series.map((s) => s.size)).toEqual([[14, 14, 4, 12]]);
    expect(study.regions.map((r) => r.name)).toEqual([...REGION_NAMES, 'Second', 'Merlin_of_Gaul']);
  });

  it('holds none of them', () => {
    const leaks = Object.entries(plain).flatMap(([kind, files]) => {
      expect(files.length, kind).toBeGreaterThan(0);
      return leaksIn(files, IDENTIFYING).map((leak) => ({ kind, ...leak }));
    });
    expect(leaks).toEqual([]);
  });

  it('holds them where the person asked for it, so that the search is not blind', () => {
    const found = (kind: string) => leaksIn(identified[kind], IDENTIFYING).map((leak) => leak.text);
    const [uids, patient] = ['1.2.840.99991', ['Quixote', 'LM-1605-77', '15470929', '20190204']];
    for (const kind of ['seg', 'rtstruct', 'sr', 'maps as DICOM'])
      expect(found(kind), kind).toEqual(expect.arrayContaining([uids, ...patient, 'Кихот', '堂吉诃德']));
    for (const kind of ['features as CSV', 'features as JSON', 'nrrd', 'report'])
      expect(found(kind), kind).toEqual(expect.arrayContaining(['node of Quixote', 'Кихот', '堂吉诃德']));
  });

  it('keeps the names that tell of nobody, and numbers the others', () => {
    const names = new Set(plain['features as CSV'].flatMap(rowsOf).map((row) => row[0]));
    expect([...names]).toEqual([
      'Lesion',
      ...['Region 2', 'Region 3', 'Region 4', 'Region 5', `on ${strangerUid(UID(2))}`, 'Region 7'],
      'Second',
      'Region 9',
    ]);
  });

  it('names study, frame of reference and instances alike in every DICOM object, by other UIDs', () => {
    const read = (kind: string, name: string) => {
      const { bytes } = plain[kind].find((f) => f.name === name)!;
      return readDicom(Uint8Array.from(bytes), name).attributes;
    };
    const objects = [
      read('seg', 'segmentation.dcm'),
      read('rtstruct', 'structures.dcm'),
      read('sr', 'measurements.dcm'),
      read('sr', 'segmentation.dcm'),
      read('maps as DICOM', 'Ktrans.dcm'),
    ];
    expect(new Set(objects.map((o) => textOf(o, '0020000D')))).toEqual(new Set([strangerUid(UID(1))]));
    const frames = objects.flatMap((o) => {
      const inside = itemsOf(o, '30060010').map((i) => textOf(i, '00200052'));
      return [textOf(o, '00200052'), ...inside].filter(Boolean);
    });
    expect(frames.length).toBeGreaterThan(3);
    expect(new Set(frames)).toEqual(new Set([strangerUid(UID(3))]));
    for (const o of objects)
      expect(['00100010', '00100020', '00120062'].map((tag) => textOf(o, tag) ?? '')).toEqual([
        '',
        '',
        'YES',
      ]);
    const [referred] = itemsOf(objects[0], '00081115');
    expect(textOf(referred, '0020000E')).toBe(strangerUid(UID(2)));
  });

  it('a map opened beside its images lies on them again', async () => {
    const { name, bytes } = plain['maps as DICOM'][0];
    const both = await engine.open([{ path: name, content: Uint8Array.from(bytes) }], { into: study });
    expect(both.series).toHaveLength(2);
    expect(new Set(both.series.map((s) => s.frameOfReference))).toEqual(new Set([UID(3)]));
  });
});

/** Cells of the first columns of a CSV without its head; none of them holds a comma. */
const rowsOf = ({ bytes }: Leaving): string[][] =>
  Buffer.from(bytes)
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
