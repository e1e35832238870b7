import type { Key } from '../i18n/keys.ts';

/** A question that a person answers about a series with yes or no. */
interface Question {
  /** Name of the answer; some are read by rules (docs/quality.md), the others stand in the record. */
  readonly id: string;
  readonly key: Key;
  /** DICOM modality codes; empty: all. */
  readonly modalities: readonly string[];
}

/** The human checklist: preparation of the patient and what headers do not say (SPEC §2). */
export const QUESTIONS: readonly Question[] = [
  { id: 'metal_removed', key: 'quality.ask.metal', modalities: [] },
  { id: 'position_comfortable', key: 'quality.ask.position', modalities: [] },
  { id: 'breath_hold', key: 'quality.ask.breath', modalities: [] },
  { id: 'contrast_as_planned', key: 'quality.ask.contrast', modalities: ['CT', 'MR'] },
  { id: 'extravasation', key: 'quality.ask.extravasation', modalities: ['PT', 'NM'] },
  { id: 'coil_placed', key: 'quality.ask.coil', modalities: ['MR'] },
  { id: 't1_map', key: 'quality.ask.t1', modalities: ['MR'] },
  { id: 'b1_map', key: 'quality.ask.b1', modalities: ['MR'] },
  { id: 'normalised', key: 'quality.ask.normalised', modalities: ['MR'] },
  { id: 'no_motion_seen', key: 'quality.ask.motion', modalities: [] },
  { id: 'reader_blinded', key: 'quality.ask.blinded', modalities: [] },
];

/** Quantities of rules that only a person can give. */
export const NUMBERS: readonly string[] = [
  'glucose',
  'fasting',
  'liver_change_percent',
  'liver_change',
  'resolution_f50',
  'days_to_reference_standard',
];
