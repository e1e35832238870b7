import { sameGrid, type Grid } from '../../core/geometry.ts';
import type { Volume, VolumeData } from '../../core/volume.ts';
import { colourTable, type ColourMapName } from '../charts/colour-maps.ts';
import { quantilesOf } from './window.ts';

/**
 * A parameter map, or another series, drawn over the image in colour. It is drawn where it lies on the grid of the image,
 * or on another grid of the same frame of reference: then between its voxels, see `sampling.ts`.
 */
export interface MapOverlay {
  readonly volume: Volume;
  readonly name: string;
  /** Frame of reference of another series; absent for a map that was computed on the image itself. */
  readonly frameOfReference?: string;
  /** As it is written after a number; empty for none. */
  readonly unit: string;
  readonly colourMap: ColourMapName;
  /** Values of the first and the last colour, low before high. */
  readonly range: readonly [low: number, high: number];
  /** The next map keeps this range, so that two of them can be compared. */
  readonly locked: boolean;
  /** 0 to 1. */
  readonly opacity: number;
  readonly visible: boolean;
}

/** A map as it is computed, before anyone chose how to see it. */
export interface MapToShow {
  readonly volume: Volume;
  readonly name: string;
  readonly unit: string;
  readonly colourMap?: ColourMapName;
  readonly range?: readonly [low: number, high: number];
  readonly frameOfReference?: string;
}

/** How a map meets an image: on its grid, on a grid of its own in the same space, or not at all. */
export type Meeting = 'grid' | 'space' | 'none';

export function meetingOf(overlay: MapOverlay, grid: Grid, frameOfReference: string): Meeting {
  if (sameGrid(overlay.volume.grid, grid)) return 'grid';
  const frame = overlay.frameOfReference ?? '';
  return frame !== '' && frame === frameOfReference ? 'space' : 'none';
}

/**
 * The overlay of a map. What was chosen for the one before (colours, opacity, a locked range) stays; else the range is
 * the one given, or that of the data.
 */
export function overlayOf(map: MapToShow, before: MapOverlay | null): MapOverlay {
  const colourMap = map.colourMap ?? before?.colourMap ?? 'viridis';
  return {
    volume: map.volume,
    name: map.name,
    ...(map.frameOfReference !== undefined && { frameOfReference: map.frameOfReference }),
    unit: map.unit,
    colourMap,
    range: before?.locked ? before.range : (map.range ?? rangeOfMap(map.volume.data, colourMap)),
    locked: before?.locked ?? false,
    opacity: before?.opacity ?? 0.7,
    visible: true,
  };
}

const isRange = ([low, high]: readonly [number, number]) => Number.isFinite(high - low) && low < high;

/** Whether an overlay can be drawn: it is visible and its range holds something. */
export const isDrawn = (overlay: MapOverlay): boolean => overlay.visible && isRange(overlay.range);

/**
 * The range of a map: 1st to 99th percentile of its finite values, rounded outwards to two digits of their distance;
 * for diverging colours as far on both sides of zero. A flat map gets a range around its value.
 */
export function rangeOfMap(data: VolumeData, colourMap: ColourMapName): readonly [number, number] {
  const quantile = quantilesOf(data);
  let [low, high] = [quantile(0.01), quantile(0.99)];
  if (colourMap === 'diverging') {
    high = Math.max(Math.abs(low), Math.abs(high));
    low = -high;
  }
  if (!(low < high)) {
    const room = Math.abs(low) * 0.5 || 1;
    return [low - room, low + room];
  }
  // Dividing by a whole power of ten gives the double nearest to the decimal number, multiplying by 0.01 does not.
  const places = 1 - Math.floor(Math.log10(high - low));
  const [up, down] = places >= 0 ? [10 ** places, 1] : [1, 10 ** -places];
  const slack = 1e-6;
  return [
    (Math.floor((low * up) / down + slack) * down) / up || 0,
    (Math.ceil((high * up) / down - slack) * down) / up,
  ];
}

/** Of places without an answer. */
const GREY = 0xff7d7d7d;

const ramps = new Map<ColourMapName, Uint32Array>();

/** The colours as opaque RGBA pixels, alpha last in memory on the little-endian machines that browsers run on. */
function rampOf(name: ColourMapName): Uint32Array {
  let ramp = ramps.get(name);
  if (!ramp) {
    const table = colourTable(name);
    ramp = Uint32Array.from(
      { length: 256 },
      (_, at) => (0xff000000 | (table[3 * at + 2]! << 16) | (table[3 * at + 1]! << 8) | table[3 * at]!) >>> 0,
    );
    ramps.set(name, ramp);
  }
  return ramp;
}

/**
 * Values to pixels: 256 equal parts of the range, values under and over it in the end colours, NaN transparent, −∞ (tried,
 * without an answer) grey.
 * @param pixels at least `count` long, RGBA as {@link rampOf}
 */
export function paintMap(
  values: Float32Array,
  count: number,
  [low, high]: readonly [number, number],
  colourMap: ColourMapName,
  pixels: Uint32Array,
): void {
  const ramp = rampOf(colourMap);
  const gain = 256 / (high - low);
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    const part = (value - low) * gain;
    pixels[i] =
      part >= 255
        ? ramp[255]!
        : part > 0
          ? ramp[part | 0]!
          : value > -Infinity
            ? ramp[0]!
            : value === value
              ? GREY
              : 0;
  }
}
