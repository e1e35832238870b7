import { itemsOf, numberOf, numbersOf, textOf, type Attributes } from '../core/dicom.ts';
import { macroOf, MACRO, type FrameAttributes } from './functional-groups.ts';
import { philipsNumber } from './private-element.ts';
import { secondsOf } from './time-of-day.ts';

/** Keys that may order repeated planes in time, best first; undefined where absent. */
export interface PlaneTime {
  readonly temporalPosition: number | undefined;
  /** Seconds from the start of the scan: Philips' own "dynamic scan begin time". */
  readonly scanBegin: number | undefined;
  /** Milliseconds. */
  readonly trigger: number | undefined;
  /** Seconds, from a date and time or of the day. */
  readonly acquisition: number | undefined;
  readonly acquisitionNumber: number | undefined;
  /** Seconds, from a date and time or of the day. */
  readonly content: number | undefined;
}

/** All that the file says of the time of one plane. */
export function planeTimeOf(frame: FrameAttributes): PlaneTime {
  const a = frame.instance;
  const content = macroOf(frame, MACRO.frameContent);
  const offset = macroOf(frame, MACRO.temporalPosition);
  return {
    temporalPosition:
      (content && (numberOf(content, '00209128') ?? temporalIndex(a, content))) ?? numberOf(a, '00200100'),
    scanBegin: philipsNumber(frame, 'A0'),
    trigger: (content && numberOf(content, '00209153')) ?? numberOf(a, '00181060'),
    acquisition:
      (content && secondsOf(undefined, undefined, textOf(content, '00189074'))) ??
      (offset && numberOf(offset, '0020930D')) ??
      tileTime(a) ??
      secondsOf(textOf(a, '00080022'), textOf(a, '00080032'), textOf(a, '0008002A')),
    acquisitionNumber: (content && numberOf(content, '00209156')) ?? numberOf(a, '00200012'),
    content: secondsOf(textOf(a, '00080023'), textOf(a, '00080033'), undefined),
  };
}

const TEMPORAL_POSITION_INDEX = 0x00209128;

/** DimensionIndexValues along the dimension that points at TemporalPositionIndex (PS3.3 C.7.6.17). */
function temporalIndex(a: Attributes, content: Attributes): number | undefined {
  const at = itemsOf(a, '00209222').findIndex((d) => numberOf(d, '00209165') === TEMPORAL_POSITION_INDEX);
  return at < 0 ? undefined : numbersOf(content, '00209157')[at];
}

/** United Imaging keeps the acquisition time with the first slice of its mosaic. */
function tileTime(a: Attributes): number | undefined {
  const first = itemsOf(a, '00651051')[0];
  return first && secondsOf(textOf(first, '00080022'), textOf(first, '00080032'), textOf(first, '0008002A'));
}
