import { describe, expect, it } from 'vitest';
import { readNrrd } from './read.ts';
import { segmentsOf } from './segments.ts';

const keys = (text: string) => new Map(text.split('\n').map((l) => l.split(':=') as [string, string]));

describe('segments of 3D Slicer', () => {
  it('name the labels of each layer', () => {
    const found = segmentsOf(
      keys(
        'Segment0_Name:=liver, left\\nlobe\nSegment0_LabelValue:=3\nSegment0_Layer:=1\nSegment0_Color:=0.8 0.4 0\n' +
          'Segment1_LabelValue:=1\nSegment1_ID:=x\nSegmentation_Source:=y',
      ),
    );
    expect(found).toEqual([
      { volume: 1, value: 3, name: 'liver, left lobe', colour: [204, 102, 0] },
      { volume: 0, value: 1, name: '' },
    ]);
  });

  it('had a layer each in older files', () => {
    const found = segmentsOf(keys('Segment0_Name:=a\nSegment1_Name:=b\nSegment1_Color:=2 0 0'));
    expect(found).toEqual([
      { volume: 0, value: 1, name: 'a' },
      { volume: 1, value: 1, name: 'b' },
    ]);
  });

  it('are absent from other files', () => {
    expect(segmentsOf(keys('__proto__:=1\nSegmentx_Name:=a\nSegment0_LabelValue:=1.5'))).toBeUndefined();
  });

  it('come with the image, layers first in memory', () => {
    const header =
      'NRRD0004\ntype: uchar\ndimension: 4\nspace: left-posterior-superior\nsizes: 2 2 1 1\n' +
      'space directions: none (1,0,0) (0,1,0) (0,0,1)\nkinds: list domain domain domain\nencoding: raw\n' +
      'Segment0_Name:=a\nSegment0_LabelValue:=1\nSegment0_Layer:=0\n\n';
    const file = new Uint8Array([...new TextEncoder().encode(header), 1, 2, 3, 4]);
    const image = readNrrd(file, 'x.seg.nrrd');
    expect(image).toMatchObject({ size: [2, 1, 1], count: 2, labels: [{ volume: 0, value: 1, name: 'a' }] });
    expect([...image.data]).toEqual([1, 3, 2, 4]);
  });
});
