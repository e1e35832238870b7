import { itemsOf, numberOf, numbersOf, textOf, type Attributes } from '../../core/dicom.ts';
import type { DecodedPixels, DicomInstance } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { RegionSource } from '../../core/region.ts';
import { regionFinding } from '../texts.ts';
import { authorshipOf } from './authorship.ts';
import { Box } from './box.ts';
import { colourOf, fromScaledCielab } from './colours.ts';
import { segGrid, type Macro } from './seg-grid.ts';

/** Bytes of all regions of one file together. */
const MOST_BYTES = 2 ** 31;

/**
 * Regions of a DICOM segmentation (PS3.3 C.8.20): binary, fractional (inside from half of the maximum) and label map,
 * frames in any order and slices without a frame empty. Each region is kept in the smallest box that holds it.
 * @throws RefusedInput `region_unreadable` when the frames have no place in patient space (slide microscopy, or
 *   segmentations of pictures), no even row of slices, or name no segment; `too_large`.
 */
export function readSeg({ attributes: a, file }: DicomInstance, pixels: DecodedPixels): RegionSource[] {
  const type = textOf(a, '00620001') ?? 'BINARY';
  // Number 0 describes the background of a label map.
  const segments = itemsOf(a, '00620002').filter((segment) => numberOf(segment, '00620004') !== 0);
  if (segments.length === 0) throw new RefusedInput('region_unreadable', { what: 'SegmentSequence' });
  const macro = macroOf(a);
  const { grid, slices } = segGrid(pixels.frames, macro, pixels.columns, pixels.rows);
  const numbers = segments.map((segment, i) => numberOf(segment, '00620004') ?? i + 1);
  const regionOf = new Map(numbers.map((number, i) => [number, i]));
  const half = type === 'FRACTIONAL' ? (numberOf(a, '0062000E') ?? 255) / 2 : 0.5;
  const inFrame = type === 'LABELMAP' ? undefined : segmentOfFrames(pixels.frames, macro, numbers);

  /** Calls back for every voxel of a region. */
  const visit = (found: (region: number, i: number, j: number, k: number) => void) => {
    for (let frame = 0, at = 0; frame < pixels.frames; frame++) {
      const ofFrame = inFrame && regionOf.get(inFrame[frame]);
      for (let j = 0; j < pixels.rows; j++) {
        for (let i = 0; i < pixels.columns; i++, at++) {
          const v = pixels.values[at];
          if (v === 0) continue;
          const region = inFrame ? (v >= half ? ofFrame : undefined) : regionOf.get(v);
          if (region !== undefined) found(region, i, j, slices[frame]);
        }
      }
    }
  };
  const boxes = segments.map(() => new Box());
  visit((region, i, j, k) => boxes[region].add(i, j, k));
  const bytes = boxes.reduce((sum, box) => sum + box.voxels, 0);
  if (bytes > MOST_BYTES)
    throw new RefusedInput('too_large', { what: 'SEG', size: bytes, limit: MOST_BYTES });
  const masks = boxes.map((box) => new Uint8Array(box.voxels));
  visit((region, i, j, k) => (masks[region][boxes[region].indexOf(i, j, k)] = 1));

  const series = itemsOf(a, '00081115')[0];
  const referenced = series && textOf(series, '0020000E');
  return segments.map((segment, i) => {
    const name = textOf(segment, '00620005') || textOf(segment, '00620006') || `Segment ${numbers[i]}`;
    const authorship = authorshipOf(textOf(segment, '00620008'), textOf(segment, '00620009'));
    return {
      id: `${file}#${numbers[i]}`,
      name,
      colour: fromScaledCielab(numbersOf(segment, '0062000D')) ?? colourOf(i),
      origin: 'seg',
      file,
      frameOfReference: textOf(a, '00200052') ?? '',
      ...(referenced && { referencedSeries: referenced }),
      ...(authorship && { authorship }),
      shape: { kind: 'voxels', grid: boxes[i].gridWithin(grid), data: masks[i], within: grid },
      findings: type === 'FRACTIONAL' ? [regionFinding('R-fractional', 'info', name)] : [],
    };
  });
}

function macroOf(a: Attributes): Macro {
  const shared = itemsOf(a, '52009229')[0];
  const perFrame = itemsOf(a, '52009230');
  return (frame, sequence) =>
    (perFrame[frame] && itemsOf(perFrame[frame], sequence)[0]) ?? (shared && itemsOf(shared, sequence)[0]);
}

/** The segment number of each frame; a file of one segment need not say it. */
function segmentOfFrames(frames: number, macro: Macro, numbers: readonly number[]): number[] {
  return Array.from({ length: frames }, (_, frame) => {
    const identification = macro(frame, '0062000A');
    const number = identification && numberOf(identification, '0062000B');
    if (number !== undefined) return number;
    if (numbers.length === 1) return numbers[0];
    throw new RefusedInput('region_unreadable', { what: 'ReferencedSegmentNumber' });
  });
}
