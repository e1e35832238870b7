import type { IntensityUnit, Volume, VolumeData } from '../../core/volume.ts';

/** Centre and width in the unit of the intensities. The grey ramp runs from centre − width/2 to centre + width/2. */
export type Window = readonly [centre: number, width: number];

export type PresetName =
  'lung' | 'soft' | 'bone' | 'brain' | 'auto' | 'contrast' | 'wide' | 'dark' | 'suv5' | 'suv10' | 'suv2';

export interface Preset {
  readonly name: PresetName;
  readonly window: Window;
}

/** Intensities at given shares of the finite values, from a sorted sample. */
export type Quantiles = (share: number) => number;

const SAMPLE = 1 << 17;

/**
 * Quantiles of the finite values of a volume. Volumes of more than 131,072 voxels are sampled at an even step that
 * is odd, so that it does not run along a column of the lattice; the error of a percentile is then far below what a
 * display window can show. All NaN gives 0 everywhere. The work is done when the first quantile is asked for.
 */
export function quantilesOf(data: VolumeData): Quantiles {
  let sorted: Float32Array | undefined;
  return (share) => {
    sorted ??= sortedSample(data);
    if (sorted.length === 0) return 0;
    const at = share * (sorted.length - 1);
    const below = Math.floor(at);
    const low = sorted[below]!;
    const high = sorted[Math.min(sorted.length - 1, below + 1)]!;
    return low + (high - low) * (at - below);
  };
}

function sortedSample(data: VolumeData): Float32Array {
  const step = Math.max(1, Math.floor(data.length / SAMPLE)) | 1;
  const sample = new Float32Array(Math.ceil(data.length / step));
  let count = 0;
  for (let i = 0; i < data.length; i += step) {
    const value = data[i]!;
    if (Number.isFinite(value)) sample[count++] = value;
  }
  return sample.subarray(0, count).sort();
}

/** The window whose ramp runs from `low` to `high`; never of zero width, so that a flat image stays defined. */
export function windowFromRange(low: number, high: number): Window {
  const width = high - low;
  return [(low + high) / 2, width > 0 ? width : Math.max(1e-6, Math.abs(low) * 1e-3)];
}

const isSuv = (unit: IntensityUnit) => unit === 'SUVbw' || unit === 'GML';

/**
 * The four window presets of an image, for the keys 1 to 4.
 * CT in HU: lung −600/1500, soft tissue 40/400, bone 400/1800, brain 40/80. PET in SUV: 0 to 5, 0 to 10, 0 to 2.5,
 * and 0 to the 99.9th percentile. Everything else by percentiles of its finite values: 1-99, 5-95, 0.1-99.9, 1-80;
 * PET that is not in SUV starts at 0.
 */
export function presetsOf(volume: Volume, quantile: Quantiles): readonly Preset[] {
  if (volume.modality === 'CT' && volume.unit === 'HU') {
    return [
      { name: 'lung', window: [-600, 1500] },
      { name: 'soft', window: [40, 400] },
      { name: 'bone', window: [400, 1800] },
      { name: 'brain', window: [40, 80] },
    ];
  }
  if (volume.modality === 'PT' || isSuv(volume.unit)) {
    const top = (share: number) => windowFromRange(0, Math.max(quantile(share), 0));
    if (isSuv(volume.unit)) {
      return [
        { name: 'suv5', window: [2.5, 5] },
        { name: 'suv10', window: [5, 10] },
        { name: 'suv2', window: [1.25, 2.5] },
        { name: 'wide', window: top(0.999) },
      ];
    }
    return [
      { name: 'auto', window: top(0.995) },
      { name: 'contrast', window: top(0.98) },
      { name: 'wide', window: top(0.9999) },
      { name: 'dark', window: top(0.95) },
    ];
  }
  const between = (low: number, high: number) => windowFromRange(quantile(low), quantile(high));
  return [
    { name: 'auto', window: between(0.01, 0.99) },
    { name: 'contrast', window: between(0.05, 0.95) },
    { name: 'wide', window: between(0.001, 0.999) },
    { name: 'dark', window: between(0.01, 0.8) },
  ];
}

/**
 * The window an image opens with: the file's own when it states a usable one (CT and MR), else soft tissue for CT,
 * 0 to max(5, 99.5th percentile) for PET in SUV, and the first preset for the rest. PET files carry windows of
 * their stored values, which mean nothing in SUV, so they are not used.
 */
export function initialWindow(volume: Volume, quantile: Quantiles, stated?: Window): Window {
  if (volume.modality === 'PT' || isSuv(volume.unit)) {
    if (isSuv(volume.unit)) return windowFromRange(0, Math.max(5, quantile(0.995)));
  } else if (stated && stated.every(Number.isFinite) && stated[1] > 0) return stated;
  const presets = presetsOf(volume, quantile);
  return (presets.find((preset) => preset.name === 'soft') ?? presets[0]!).window;
}

/** PET opens in inverse grey, as it is read; everything else with bright for high. */
export const opensInverted = (volume: Volume): boolean => volume.modality === 'PT';

/**
 * Grey 0-255 of an intensity, DICOM PS3.3 C.11.2.1.3.2 LINEAR_EXACT: `((x − centre)/width + 1/2) · 255`, held within
 * 0 and 255 and rounded. LINEAR with its `width − 1` is meant for whole numbers and would fail for SUV.
 */
export function greyOf(value: number, [centre, width]: Window): number {
  const grey = ((value - centre) / width + 0.5) * 255;
  return grey <= 0 ? 0 : grey >= 255 ? 255 : Math.round(grey);
}

const OPAQUE = 0xff000000;
const RAMP = Uint32Array.from({ length: 256 }, (_, grey) => (OPAQUE | (grey * 0x010101)) >>> 0);
const INVERSE = RAMP.slice().reverse();

/**
 * Intensities to opaque RGBA pixels through {@link greyOf}. NaN (padding) is black, inverted or not. Infinite values
 * take the end of the ramp they point to.
 * @param pixels at least `count` long; four bytes a pixel, grey, so that byte order does not matter but for alpha,
 *   which stands last in memory on the little-endian machines that browsers run on.
 */
export function paintGrey(
  values: Float32Array,
  count: number,
  [centre, width]: Window,
  inverted: boolean,
  pixels: Uint32Array,
): void {
  const ramp = inverted ? INVERSE : RAMP;
  const gain = 255 / width;
  // + 0.5 rounds: the integer conversion below cuts towards zero, and values under 0 are caught before it.
  const offset = 127.5 + 0.5 - centre * gain;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    const grey = value * gain + offset;
    pixels[i] = grey >= 255 ? ramp[255]! : grey > 0 ? ramp[grey | 0]! : value === value ? ramp[0]! : OPAQUE;
  }
}

/**
 * The window after a drag by (dx, dy) screen pixels: right widens, down raises the centre (darker). The width changes
 * by a factor, so that it stays positive and the hand feels the same in HU and in SUV; 300 px are one width.
 */
export function draggedWindow([centre, width]: Window, dx: number, dy: number): Window {
  const wider = Math.max(1e-9, width * Math.exp(dx / 200));
  return [centre + (dy * width) / 300, wider];
}
