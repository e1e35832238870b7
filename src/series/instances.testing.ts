import type { Attributes, DicomElement } from '../core/dicom.ts';
import type { Finding } from '../core/finding.ts';
import type { DicomInstance } from '../core/instance.ts';

/** Text, numbers or items of an element; undefined takes the element away. */
export type Given = string | readonly number[] | readonly Attributes[] | Uint8Array | undefined;
export type Changes = Readonly<Record<string, Given>>;

const element = (value: Exclude<Given, undefined>): DicomElement => {
  if (typeof value === 'string') return { vr: 'LO', length: value.length, text: value };
  if (value instanceof Uint8Array) return { vr: 'OB', length: value.length, bytes: value };
  const items = value.filter((v): v is Attributes => typeof v === 'object');
  if (items.length > 0 || value.length === 0) return { vr: 'SQ', length: 0, items };
  return { vr: 'US', length: 2 * value.length, numbers: value as readonly number[] };
};

export const attributes = (given: Changes): Attributes =>
  Object.fromEntries(
    Object.entries(given).flatMap(([tag, value]) => (value === undefined ? [] : [[tag, element(value)]])),
  );

export const instance = (file: string, given: Changes): DicomInstance => ({
  format: 'dicom',
  file,
  kind: 'image',
  transferSyntax: '1.2.840.10008.1.2.1',
  attributes: attributes(given),
  warnings: [],
});

/** One axial slice of 4×3 pixels of 1 mm, 2 mm thick and 2 mm apart, of a sound series; `changes` by tag. */
export function slice(k: number, changes: Changes = {}): DicomInstance {
  const base: Changes = {
    '00080008': 'ORIGINAL\\PRIMARY\\AXIAL',
    '00080018': `1.2.3.${k}`,
    '00080060': 'CT',
    '0020000E': '1.2.3',
    '00200013': String(k + 1),
    '00200032': `-10\\-20\\${2 * k}`,
    '00200037': '1\\0\\0\\0\\1\\0',
    '00200052': '1.2',
    '00180050': '2',
    '00280002': [1],
    '00280004': 'MONOCHROME2',
    '00280010': [3],
    '00280011': [4],
    '00280030': '1\\1',
    '00280100': [16],
    '00280103': [0],
    '00281052': '-1024',
    '00281053': '1',
    '00281054': 'HU',
  };
  return instance(String(changes['00080018'] ?? `slice-${k}`), { ...base, ...changes });
}

/** Sound slices 0 … n−1, each changed by `change`. */
export const slices = (n: number, change: (k: number) => Changes = () => ({})): DicomInstance[] =>
  Array.from({ length: n }, (_, k) => slice(k, change(k)));

/** What a PET slice has more, of a dose of 370 MBq F-18 in 70 kg, scanned 60 minutes after. */
export const PET: Changes = {
  '00080060': 'PT',
  '00080021': '20260102',
  '00080022': '20260102',
  '00080031': '110000',
  '00080032': '110000',
  '00101030': '70',
  '00280051': 'ATTN\\DECY\\SCAT',
  '00281052': '0',
  '00281054': undefined,
  '00540016': [attributes({ '00181072': '100000', '00181074': '370000000', '00181075': '6586.2' })],
  '00541001': 'BQML',
  '00541102': 'START',
};

/** One axial CT slice at height `z`, mm: 4 columns of 0.8 mm, 3 rows of 0.5 mm, 1 mm thick, in HU. */
export function ctSlice(z: number, over: Changes = {}): DicomInstance {
  return instance(`ct${z}.dcm`, {
    '00080016': '1.2.840.10008.5.1.4.1.1.2',
    '00080018': `1.2.3.${z}`,
    '00080008': 'ORIGINAL\\PRIMARY\\AXIAL',
    '00080060': 'CT',
    '0008103E': 'chest',
    '00100010': 'Phantom^One',
    '00100020': 'P1',
    '00180050': '1',
    '00180060': '120',
    '00181210': 'B30f',
    '0020000E': '1.2.3',
    '00200013': String(z + 1),
    '00200032': `-10\\-20\\${z}`,
    '00200037': '1\\0\\0\\0\\1\\0',
    '00200052': '1.2.9',
    '00280002': [1],
    '00280004': 'MONOCHROME2',
    '00280010': [3],
    '00280011': [4],
    '00280030': '0.5\\0.8',
    '00280100': [16],
    '00280103': [1],
    '00281052': '-1000',
    '00281053': '1',
    '00281054': 'HU',
    ...over,
  });
}

/** Slices at 0 … n − 1 mm; `over` may change each. */
export const ctStack = (n: number, over: (z: number) => Changes = () => ({})): DicomInstance[] =>
  Array.from({ length: n }, (_, z) => ctSlice(z, over(z)));

/** Rule ids of findings that ask for attention. */
export const alarms = (findings: readonly Finding[]): string[] =>
  findings.filter((f) => ['block', 'fail', 'warn'].includes(f.severity)).map((f) => `${f.id} ${f.severity}`);
