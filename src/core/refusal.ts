import type { Facts } from './localised.ts';

/**
 * Every reason for which an input is refused. The list is closed (at most 25); each kind has its sentence and
 * remedy in three languages in `refusal-texts.ts`.
 */
export const REFUSAL_KINDS = [
  'empty_file',
  'not_dicom', // no format that we read was recognised
  'empty_dataset',
  'truncated',
  'malformed',
  'nesting_too_deep',
  'missing_attributes',
  'missing_pixel_data',
  'inconsistent_attributes',
  'unsupported_transfer_syntax',
  'decode_failed',
  'inflate_limit',
  'too_large',
  'bad_archive',
  'bad_nifti',
  'bad_nrrd',
  'detached_data_missing',
  'unsupported_encoding',
  'ambiguous_position',
  'region_unreadable',
  'region_grid_differs',
  'settings_invalid',
  'read_failed',
  'timed_out',
  'worker_failed',
] as const;

export type RefusalKind = (typeof REFUSAL_KINDS)[number];

/** A refused input as data: it crosses the worker border, is listed in the page and printed by the command line. */
export interface Refusal {
  readonly kind: RefusalKind;
  /** Path or name of the file as the person knows it. */
  readonly file: string;
  /** What was found and what was expected: `{expected, received}` and the like, filled into the sentence. */
  readonly facts: Facts;
}

/** Thrown inside a stage; carries the facts, never a sentence. Caught where the file's name is known. */
export class RefusedInput extends Error {
  constructor(
    readonly kind: RefusalKind,
    readonly facts: Facts = {},
  ) {
    super(`${kind} ${JSON.stringify(facts)}`);
    this.name = 'RefusedInput';
  }

  toRefusal(file: string): Refusal {
    return { kind: this.kind, file, facts: this.facts };
  }
}
