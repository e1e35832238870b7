import { itemsOf, numberOf, numbersOf, textOf, type Attributes } from '../core/dicom.ts';
import { macroOf, MACRO, type FrameAttributes } from './functional-groups.ts';
import { privateNumbers } from './private-element.ts';

/** Diffusion weighting of a plane. */
export interface Diffusion {
  /** b-value, s/mm². */
  readonly b: number;
  /** Direction of the gradient; undefined for b = 0, trace images, or when the file is silent. */
  readonly gradient: readonly number[] | undefined;
}

/** Larger values are marks of "unknown" that some makers write. */
const LARGEST_B = 1e5;

/**
 * b-value and direction from the standard attributes (0018,9087), (0018,9089), or from the private ones of Siemens, GE,
 * Philips and United Imaging. Undefined for what is not weighted or does not say.
 */
export function diffusionOf(frame: FrameAttributes): Diffusion | undefined {
  const a = frame.instance;
  if (textOf(a, '00080060') !== 'MR') return undefined;
  const macro = macroOf(frame, MACRO.mrDiffusion);
  const standard = macro ?? a;
  const b = [numberOf(standard, '00189087'), ...privateValues(a)].find(
    (v) => v !== undefined && v >= 0 && v < LARGEST_B,
  );
  if (b === undefined) return undefined;
  const stated = macro ? itemsOf(macro, '00189076')[0] : a;
  const gradient = [
    stated ? numbersOf(stated, '00189089') : [],
    privateNumbers(a, '0019', 'SIEMENS MR HEADER', '0E', 'float64'),
    privateNumbers(a, '0065', 'Image Private Header', '37', 'float64'),
  ].find((g) => g.length === 3 && g.every((v) => Math.abs(v) <= 1.01));
  return { b, gradient: b === 0 ? undefined : gradient };
}

function privateValues(a: Attributes): (number | undefined)[] {
  // GE adds multiples of 1e6 to the b-value of some series.
  const ge = privateNumbers(a, '0043', 'GEMS_PARM_01', '39')[0];
  return [
    privateNumbers(a, '0019', 'SIEMENS MR HEADER', '0C')[0],
    ge === undefined ? undefined : ge % 100_000,
    privateNumbers(a, '2001', 'Philips Imaging DD 001', '03', 'float32')[0],
    privateNumbers(a, '0065', 'Image Private Header', '09', 'float64')[0],
  ];
}
