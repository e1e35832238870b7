import { createHash } from 'node:crypto';
import dicomParser from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { timeOfDay } from './mr-study.ts';
import { makeSampleStudy } from './sample-study.ts';
import { largeCtFiles } from './large-ct-files.ts';

describe('the sample study', () => {
  const files = makeSampleStudy();
  const parsed = files.map((f) => dicomParser.parseDicom(f.bytes));
  const inFolder = (folder: string) =>
    parsed.filter((_, n) => files[n]!.path.startsWith(folder) && !files[n]!.path.includes('structures'));

  it('is two series of images, each with its contours', () => {
    expect(inFolder('sample/ct/').length).toBe(72);
    expect(inFolder('sample/dynamic-mr/').length).toBe(480);
    expect(files.filter((f) => f.path.endsWith('structures.dcm')).length).toBe(2);
    expect(new Set(files.map((f) => f.path)).size).toBe(files.length);
  });

  it('gives each object a UID of its own and each series one frame of reference', () => {
    expect(new Set(parsed.map((d) => d.string('x00080018'))).size).toBe(files.length);
    for (const folder of ['sample/ct/', 'sample/dynamic-mr/']) {
      expect(
        new Set(inFolder(folder).map((d) => `${d.string('x0020000e')} ${d.string('x00200052')}`)).size,
      ).toBe(1);
    }
    expect(parsed[0]!.string('x00100020')).toBe('KINETEX-CT');
  });

  it('has contours that refer to slices which exist, on their plane', () => {
    const byUid = new Map(parsed.map((d) => [d.string('x00080018'), d]));
    for (const rt of parsed.filter((d) => d.string('x00080060') === 'RTSTRUCT')) {
      for (const roi of rt.elements['x30060039']!.items!) {
        for (const item of roi.dataSet!.elements['x30060040']!.items!) {
          const image = byUid.get(
            item.dataSet!.elements['x30060016']!.items![0]!.dataSet!.string('x00081155'),
          );
          const z = Number(item.dataSet!.string('x30060050')!.split('\\')[2]);
          expect(Number(image!.string('x00200032')!.split('\\')[2])).toBeCloseTo(z, 6);
        }
      }
    }
  });

  it('orders the dynamic series by time, with one time for each phase', () => {
    const times = new Map(
      inFolder('sample/dynamic-mr/').map((d) => [Number(d.string('x00200100')), d.string('x00080032')]),
    );
    expect(times.size).toBe(40);
    expect(times.get(1)).toBe('101500.000000');
    expect(times.get(15)).toBe('101610.000000');
    expect(times.get(40)).toBe('101930.000000');
  });

  it('is the same bytes every time', () => {
    const hash = (list: typeof files) => {
      const sum = createHash('sha256');
      for (const f of list) sum.update(f.path).update(f.bytes);
      return sum.digest('hex');
    };
    expect(hash(makeSampleStudy())).toBe(hash(files));
  });
});

describe('timeOfDay', () => {
  it('carries seconds over, to midnight and past it', () => {
    expect(timeOfDay('095958', 3.25)).toBe('100001.250000');
    expect(timeOfDay('235959', 2)).toBe('000001.000000');
  });
});

describe('largeCtFiles', () => {
  it('makes slices one by one, a millimetre apart', () => {
    const made = [...largeCtFiles(32, 5)].map((f) => dicomParser.parseDicom(f.bytes));
    expect(made.length).toBe(5);
    expect(made.map((d) => Number(d.string('x00200032')!.split('\\')[2]))).toEqual([-2, -1, 0, 1, 2]);
  });
});
