import { textOf, type Attributes } from '../core/dicom.ts';
import type { Finding } from '../core/finding.ts';
import type { DicomInstance } from '../core/instance.ts';
import { seriesFinding } from './texts.ts';

/** What two files of one image have in common; where it differs, one of them carries a wrong identifier. */
const SAME_IMAGE = [
  '0020000E',
  '00200013',
  '00200032',
  '00080032',
  '00080033',
  '00200100',
  '00280010',
  '00280011',
];

const fingerprint = (a: Attributes): string => JSON.stringify(SAME_IMAGE.map((tag) => textOf(a, tag) ?? ''));

/**
 * Instances with each image once. Two files of one SOP instance UID are one image when their series, number, place and
 * times agree (G-01, counted); else the identifier was given twice, both are kept and that is said.
 */
export function withoutDuplicates(instances: readonly DicomInstance[], findings: Finding[]): DicomInstance[] {
  const seen = new Map<string, Set<string>>();
  const repeated = new Map<string, number>();
  const shared = new Map<string, number>();
  const count = (of: Map<string, number>, { attributes: a }: DicomInstance): void => {
    const uid = textOf(a, '0020000E') ?? '';
    of.set(uid, (of.get(uid) ?? 0) + 1);
  };
  const fresh = instances.filter((instance) => {
    const sop = textOf(instance.attributes, '00080018') ?? '';
    if (sop === '') return true;
    const before = seen.get(sop);
    if (!before) {
      seen.set(sop, new Set([fingerprint(instance.attributes)]));
      return true;
    }
    const own = fingerprint(instance.attributes);
    const isNew = !before.has(own);
    before.add(own);
    count(isNew ? shared : repeated, instance);
    return isNew;
  });
  for (const [uid, n] of repeated) findings.push(seriesFinding('G-01-duplicates', 'warn', uid, { count: n }));
  for (const [uid, n] of shared) findings.push(seriesFinding('G-01-same-uid', 'fail', uid, { count: n }));
  return fresh;
}
