import { createHash } from 'node:crypto';
import dicomParser from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { attributesOf, decimalString, joined } from './attributes-of.ts';
import { ctImage, CT_IMAGE_STORAGE } from './ct-image.ts';
import { studyModule } from './modules.ts';
import { mrImage } from './mr-image.ts';
import { writeDicom } from './part10.ts';
import { structureSet } from './structure-set.ts';
import { sha1, uidFromSeed } from './uid.ts';

const study = {
  patientName: 'Фантом^Пробный',
  patientId: 'P-1',
  studyUid: '1.2.3',
  studyId: 'S',
  studyDescription: '测试',
  date: '20260102',
  time: '030405',
  maker: 'Test',
};
const series = {
  seriesUid: '1.2.3.4',
  seriesNumber: 7,
  description: 'd',
  frameOfReferenceUid: '1.2.3.5',
  bodyPart: 'CHEST',
};
const plane = {
  sopUid: '1.2.3.4.1',
  instanceNumber: 1,
  columns: 3,
  rows: 2,
  position: [-1.5, 2.25, 1 / 3],
  orientation: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  pixelSpacing: [0.5, 0.25],
  sliceThickness: 2,
  sliceLocation: 1 / 3,
} as const;
const ct = {
  kvp: 120,
  tubeCurrent: 100,
  exposureTime: 500,
  kernel: 'K',
  diameter: 300,
  window: [40, 400],
} as const;

describe('writeDicom', () => {
  it('writes the header byte by byte as PS3.10 and PS3.5 say', () => {
    const bytes = writeDicom(
      attributesOf({ SOPClassUID: '1.2', SOPInstanceUID: '1.3', Modality: 'CT', Rows: 258 }),
    );
    const hex = (from: number, count: number) =>
      Buffer.from(bytes.subarray(from, from + count)).toString('hex');
    expect(bytes.subarray(0, 128).every((b) => b === 0)).toBe(true);
    expect(hex(128, 4)).toBe(Buffer.from('DICM').toString('hex'));
    // (0002,0000) UL 4: length of what follows in the group.
    expect(hex(132, 8)).toBe('02000000554c0400');
    const groupLength = new DataView(bytes.buffer).getUint32(140, true);
    const dataset = 144 + groupLength;
    // (0008,0016) UI, two even bytes "1.2" and a zero; (0008,0018); (0008,0060) CS "CT"; (0028,0010) US 258.
    expect(hex(dataset, 12)).toBe('080016005549' + '0400' + '312e3200');
    expect(hex(dataset + 24, 10)).toBe('080060004353' + '0200' + '4354');
    expect(hex(dataset + 34, 10)).toBe('280010005553' + '0200' + '0201');
    expect(bytes.length).toBe(dataset + 44);
  });

  it('is read back by an independent parser: pixels, UTF-8 text, decimal strings, nested sequences', () => {
    const stored = Uint16Array.from([0, 1, 4095, 1024, 77, 2]);
    const data = dicomParser.parseDicom(writeDicom(ctImage(study, series, plane, ct), stored));
    expect(data.string('x00020010')).toBe('1.2.840.10008.1.2.1');
    expect(data.string('x00020002')).toBe(CT_IMAGE_STORAGE);
    const name = data.elements['x00100010']!;
    expect(
      Buffer.from(data.byteArray.subarray(name.dataOffset, name.dataOffset + name.length))
        .toString('utf8')
        .trimEnd(),
    ).toBe('Фантом^Пробный');
    expect(data.string('x00200032')).toBe('-1.5\\2.25\\0.33333333333333');
    expect(data.uint16('x00280010')).toBe(2);
    expect(data.uint16('x00280011')).toBe(3);
    const pixels = data.elements['x7fe00010']!;
    expect(pixels.length).toBe(12);
    expect([
      ...new Uint16Array(data.byteArray.slice(pixels.dataOffset, pixels.dataOffset + 12).buffer),
    ]).toEqual([...stored]);

    const square = [
      [0, 0, 1],
      [1, 0, 1],
      [1, 1, 1],
      [0, 1, 1],
    ] as const;
    const planes = ['1.2.3.4.1', '1.2.3.4.2'].map((sopUid) => ({ sopClassUid: CT_IMAGE_STORAGE, sopUid }));
    const regions = [
      { name: 'A', colour: [1, 2, 3] as const, contours: [{ points: square, plane: planes[0] }] },
    ];
    const images = { seriesUid: '1.2.3.4', planes };
    const rt = dicomParser.parseDicom(
      writeDicom(structureSet(studyModule(study), series, '1.2.9', 'L', regions, images)),
    );
    const contour = rt.elements['x30060039']!.items![0]!.dataSet!.elements['x30060040']!.items![0]!.dataSet!;
    expect(contour.string('x30060050')).toBe('0\\0\\1\\1\\0\\1\\1\\1\\1\\0\\1\\1');
    expect(contour.intString('x30060046')).toBe(4);
    const frame = rt.elements['x30060010']!.items![0]!.dataSet!.elements['x30060012']!.items![0]!.dataSet!;
    expect(frame.elements['x30060014']!.items![0]!.dataSet!.elements['x30060016']!.items!.length).toBe(2);
  });

  it('keeps every value of 16-bit signed pixels and pads odd lengths', () => {
    const stored = Int16Array.from([-32768, 32767, -1, 0, 1, 2]);
    const acquisition = {
      repetitionTime: 5,
      echoTime: 2,
      flipAngle: 20,
      field: 1.5,
      window: [1, 2],
    } as const;
    const temporal = { index: 2, count: 3, acquisitionTime: '030410.500000' };
    const data = dicomParser.parseDicom(
      writeDicom(mrImage(study, series, plane, acquisition, temporal), stored),
    );
    const pixels = data.elements['x7fe00010']!;
    expect([
      ...new Int16Array(data.byteArray.slice(pixels.dataOffset, pixels.dataOffset + 12).buffer),
    ]).toEqual([...stored]);
    expect(data.string('x00200100')).toBe('2');
    expect(data.string('x00080032')).toBe('030410.500000');
    for (const element of Object.values(data.elements)) expect(element.length % 2).toBe(0);
  });

  it('refuses pixels that the header does not describe', () => {
    const image = ctImage(study, series, plane, ct);
    expect(() => writeDicom(image, new Uint16Array(5))).toThrow(/header says 6/);
    expect(() => writeDicom(image, new Int16Array(6))).toThrow(/PixelRepresentation/);
    expect(() => writeDicom(image, new Uint8Array(6))).toThrow(/BitsAllocated/);
  });

  it('refuses values that their representation cannot hold', () => {
    const base = { SOPClassUID: '1.2', SOPInstanceUID: '1.3' } as const;
    expect(() => writeDicom(attributesOf({ ...base, Rows: 65536 }))).toThrow(/does not fit/);
    expect(() => writeDicom(attributesOf({ ...base, PatientName: 'Я' }))).toThrow(/ISO_IR 192/);
    expect(() =>
      writeDicom(attributesOf({ ...base, SpecificCharacterSet: 'ISO_IR 192', Modality: 'Я' })),
    ).toThrow(/ASCII/);
    expect(() => writeDicom(joined(attributesOf(base), { zz: { vr: 'CS', length: 0, text: '' } }))).toThrow(
      /tag/,
    );
    expect(() => writeDicom(attributesOf({ Modality: 'CT' }))).toThrow(/SOPClassUID/);
  });
});

describe('decimalString', () => {
  it('never exceeds 16 characters and stays the closest that fits', () => {
    for (const x of [0, -1 / 3, 1e-7 / 3, -123456789.123456789, 1e22 / 7, Math.PI * 1e-300, -5e-324, 2.5]) {
      const text = decimalString(x);
      expect(text.length).toBeLessThanOrEqual(16);
      expect(Math.abs(Number(text) - x)).toBeLessThanOrEqual(Math.abs(x) * 1e-8);
    }
    expect(decimalString(2.5)).toBe('2.5');
    expect(() => decimalString(NaN)).toThrow(RangeError);
  });
});

describe('uidFromSeed', () => {
  it('uses SHA-1 as node has it, on every length around a block', () => {
    for (const n of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 200]) {
      const message = Uint8Array.from({ length: n }, (_, i) => (i * 37) & 255);
      expect(Buffer.from(sha1(message)).toString('hex')).toBe(
        createHash('sha1').update(message).digest('hex'),
      );
    }
  });

  it('gives valid UIDs: name-based UUIDs under 2.25, the same for the same seed', () => {
    const seen = new Set<string>();
    for (let n = 0; n < 500; n++) {
      const uid = uidFromSeed(`s${n}`);
      expect(uid).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
      expect(uid.length).toBeLessThanOrEqual(64);
      const hex = BigInt(uid.slice(5)).toString(16).padStart(32, '0');
      expect(hex[12]).toBe('5');
      expect('89ab').toContain(hex[16]);
      seen.add(uid);
    }
    expect(seen.size).toBe(500);
    expect(uidFromSeed('s1')).toBe(uidFromSeed('s1'));
  });
});
