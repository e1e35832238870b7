import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'fflate';
import {
  image,
  SYNTAX,
  words,
  type MadeElement,
  type MadeImage,
} from '../../src/formats/dicom/build.testing.ts';
import {
  encodeJpegDct,
  encodeJpegLossless,
  encodeRle,
  encodeWasm,
} from '../../src/formats/dicom/encode.testing.ts';
import { ctImage } from '../../src/formats/dicom/write/ct-image.ts';
import { writeDicom } from '../../src/formats/dicom/write/part10.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const ROWS = 12;
const COLUMNS = 10;
const values = Array.from({ length: ROWS * COLUMNS }, (_, i) => (i * 37 + (i % 7) * 211) % 4096);
const bytes8 = Uint8Array.from(values, (v) => v >> 4);

/** What real files have besides pixels: names, positions, sequences, private elements. */
const MORE: readonly MadeElement[] = [
  ['00080005', 'CS', 'ISO_IR 192'],
  [
    '00081140',
    'SQ',
    [
      [
        ['00081150', 'UI', '1.2.3'],
        ['00081155', 'UI', '1.2.3.4.5'],
      ],
      [['00081150', 'UI', '1.2.4']],
    ],
  ],
  ['00091001', 'LO', 'private'],
  ['00180050', 'DS', '2.5'],
  ['00200032', 'DS', '-10.5\\20\\1e2'],
  ['00200037', 'DS', '1\\0\\0\\0\\1\\0'],
  ['00280030', 'DS', '0.7\\0.7'],
  ['00281052', 'DS', '-1024'],
  ['00281053', 'DS', '1'],
];

/** Small files of every transfer syntax, made here, so that the fuzzing also runs where no real images are. */
export async function madeSeeds(): Promise<Seed[]> {
  const base = { rows: ROWS, columns: COLUMNS, bitsStored: 12, more: MORE };
  const eight = { rows: ROWS, columns: COLUMNS, bitsAllocated: 8, more: MORE };
  const info = { width: COLUMNS, height: ROWS, bitsPerSample: 12, componentCount: 1, isSigned: false };
  const rgb = Uint8Array.from({ length: ROWS * COLUMNS * 3 }, (_, i) => (i * 53) % 256);
  const made: Record<string, MadeImage> = {
    'implicit little endian': { ...base, syntax: SYNTAX.implicit, pixels: words(values) },
    'explicit little endian': { ...base, pixels: words(values) },
    'explicit, signed, two frames': {
      ...base,
      frames: 2,
      signed: true,
      pixels: words([...values, ...values]),
    },
    'values above two dirty bits': {
      ...base,
      highBit: 13,
      signed: true,
      pixels: words(values.map((v) => (v << 2) | 1)),
    },
    'explicit big endian': { ...base, syntax: SYNTAX.bigEndian, pixels: words(values, false) },
    deflated: { ...base, syntax: SYNTAX.deflated, pixels: words(values) },
    'planar colour': { ...eight, samples: 3, planar: true, pixels: rgb },
    'one bit': { ...eight, bitsAllocated: 1, frames: 3, pixels: rgb.slice(0, 46) },
    RLE: { ...base, syntax: SYNTAX.rle, pixels: [encodeRle(words(values), 1, 2)] },
    'JPEG baseline': {
      ...eight,
      syntax: SYNTAX.jpegBaseline,
      pixels: [encodeJpegDct(bytes8, ROWS, COLUMNS, 8)],
    },
    'JPEG 12 bit': {
      ...base,
      syntax: SYNTAX.jpegExtended,
      pixels: [encodeJpegDct(values, ROWS, COLUMNS, 12)],
    },
    'JPEG lossless': {
      ...base,
      syntax: SYNTAX.jpegLossless,
      pixels: [encodeJpegLossless(values, ROWS, COLUMNS, 12)],
    },
    'JPEG-LS': { ...base, syntax: SYNTAX.jpegLs, pixels: [await encodeWasm('jpeg-ls', words(values), info)] },
    'JPEG 2000': {
      ...base,
      syntax: SYNTAX.jpeg2000,
      pixels: [await encodeWasm('jpeg-2000', words(values), info)],
    },
    HTJ2K: { ...base, syntax: SYNTAX.htj2k, pixels: [await encodeWasm('htj2k', words(values), info)] },
    'deflated frames': { ...base, syntax: SYNTAX.deflatedFrames, pixels: [deflateSync(words(values))] },
  };
  return [writtenSeed(), ...Object.entries(made).map(([name, m]) => ({ name, bytes: image(m) }))];
}

/** A file of the project's own writer, with the modules of a whole CT image. */
function writtenSeed(): Seed {
  const attributes = ctImage(
    {
      ...{ patientName: 'Фантом^Пробный', patientId: 'P-1', studyUid: '1.2.3', studyId: 'S' },
      ...{ studyDescription: '测试', date: '20260102', time: '030405', maker: 'Test' },
    },
    {
      ...{ seriesUid: '1.2.3.4', seriesNumber: 7, description: 'd', frameOfReferenceUid: '1.2.3.5' },
      bodyPart: 'CHEST',
    },
    {
      ...{ sopUid: '1.2.3.4.1', instanceNumber: 1, columns: COLUMNS, rows: ROWS, position: [-1.5, 2.25, 3] },
      ...{
        orientation: [
          [1, 0, 0],
          [0, 1, 0],
        ],
        pixelSpacing: [0.5, 0.25],
        sliceThickness: 2,
        sliceLocation: 3,
      },
    },
    { kvp: 120, tubeCurrent: 100, exposureTime: 500, kernel: 'B30f', diameter: 300, window: [40, 400] },
  );
  return { name: 'written here', bytes: writeDicom(attributes, Uint16Array.from(values)) };
}

const REAL = [
  'MR_small.dcm',
  'MR_small_RLE.dcm',
  'MR_small_bigendian.dcm',
  'JLSL_08_07_0_1F.dcm',
  'SC_rgb_small_odd.dcm',
  'rtstruct.dcm',
  'priv_SQ.dcm',
  'chrJapMulti.dcm',
  'seg_image_ct_binary.dcm',
];

/** Small real files, where they are at hand. */
export function realSeeds(): Seed[] {
  if (!HAS_SHARED) return [];
  const folder = join(SHARED, 'samples/dicom_conformance/files');
  return REAL.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}
