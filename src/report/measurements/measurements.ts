import type { Code } from '../../formats/dicom/write/code.ts';
import type { WrittenMeasurement } from '../../formats/dicom/write/measurement-report.ts';
import { ucum } from './units.ts';

/** One line of a feature table, as far as a report needs it. */
export interface MeasuredFeature {
  readonly tag: string;
  /** Four-character IBSI code, or empty for a feature that IBSI does not have. */
  readonly ibsi: string;
  readonly name: string;
  readonly family: string;
  readonly aggregation: string;
  readonly value: number | null;
  readonly unit: string;
  readonly reason?: string;
}

const ibsi = (value: string, meaning: string): Code => ({ value, scheme: 'IBSI', meaning });

/** How texture matrices become one number, in the codes of the IBSI reference manual (11.0.0, 3.6 to 3.11). */
const METHODS: Readonly<Record<string, Code>> = {
  '2D:avg': ibsi('BTW3', 'By slice and direction, averaged'),
  '2D:mrg': ibsi('SUJT', 'Merged by slice, averaged'),
  '2.5D:avg': ibsi('JJUI', 'Merged by direction over slices, averaged'),
  '2.5D:mrg': ibsi('ZW7Z', 'Merged over slices and directions'),
  '3D:avg': ibsi('ITBB', 'By direction in 3D, averaged'),
  '3D:mrg': ibsi('IAZD', 'Merged over directions in 3D'),
  '2D': ibsi('8QNN', 'By slice, averaged'),
  '2.5D': ibsi('62GR', 'Merged over slices'),
  '3D': ibsi('KOBO', 'In 3D'),
};
/** Families without directions that gather by slice or volume all the same. */
const GATHERED = new Set(['glszm', 'gldzm', 'ngtdm', 'ngldm']);

/** Why there is no number (CID 42). */
const NOT_A_NUMBER: Code = { value: '114000', scheme: 'DCM', meaning: 'Not a number' };
const FAILED: Code = { value: '114006', scheme: 'DCM', meaning: 'Measurement failure' };

/** Longest code that a private scheme may need (SH). */
const SHORT_CODE = 16;

/**
 * A line of a feature table in code. IBSI is a coding scheme of DICOM (CID 7467 and 7474 to 7479 list its features); what
 * IBSI does not have stands under a scheme of our own.
 */
export function measurementOf(feature: MeasuredFeature): WrittenMeasurement {
  const { aggregation, family, value, unit, reason } = feature;
  const method = aggregation.includes(':') || GATHERED.has(family) ? METHODS[aggregation] : undefined;
  return {
    concept: conceptOf(feature),
    value: value !== null && Number.isFinite(value) ? value : null,
    absent: reason === 'computation_failed' ? FAILED : NOT_A_NUMBER,
    unit: ucum(unit),
    ...(method && { method }),
  };
}

const conceptOf = ({ ibsi: code, tag, name }: MeasuredFeature): Code =>
  /^[A-Z0-9]{4}$/.test(code)
    ? ibsi(code, name)
    : { value: tag.length > SHORT_CODE ? tag.slice(-SHORT_CODE) : tag, scheme: '99KINETEX', meaning: name };

/** Settings as texts, one for each group of them. */
export const parametersOf = (settings: object): string[] =>
  Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
