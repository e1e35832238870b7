import type { Attributes } from '../../../core/dicom.ts';
import { attributesOf } from './attributes-of.ts';

/** A coded word: DCM and SCT for concepts, UCUM for units, IBSI for features. */
export interface Code {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** Longest code that fits CodeValue, and longest meaning (SH and LO, PS3.5 6.2). */
const SHORT_CODE = 16;
const MEANING = 64;

/** The item of a code sequence (PS3.3 8.8). */
export const codeItem = ({ value, scheme, meaning }: Code): Attributes =>
  attributesOf({
    ...(value.length <= SHORT_CODE ? { CodeValue: value } : { LongCodeValue: value }),
    CodingSchemeDesignator: scheme,
    CodeMeaning: meaning.slice(0, MEANING),
  });

/** Tissue: what a region certainly is when nobody said what it shows (CID 7150 and 7166). */
export const TISSUE: Code = { value: '85756007', scheme: 'SCT', meaning: 'Tissue' };
