import { numberOf, textOf, type Attributes } from '../../core/dicom.ts';
import { RefusedInput } from '../../core/refusal.ts';

/** The Image Pixel module (PS3.3 C.7.6.3), checked for sense. */
export interface PixelModule {
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  readonly frames: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  /** Samples of a pixel lie in planes of their own (PlanarConfiguration 1). */
  readonly planar: boolean;
  readonly photometric: string;
}

const MOST_FRAMES = 1_000_000;

/** @throws RefusedInput `missing_attributes` or `inconsistent_attributes` naming the attribute and what it holds. */
export function pixelModule(a: Attributes): PixelModule {
  const need = (tag: string, name: string): number => {
    const v = numberOf(a, tag);
    if (v === undefined) throw new RefusedInput('missing_attributes', { attribute: name });
    return v;
  };
  const check = (fits: boolean, attribute: string, expected: string, received: string | number): void => {
    if (!fits) throw new RefusedInput('inconsistent_attributes', { attribute, expected, received });
  };
  const rows = need('00280010', 'Rows (0028,0010)');
  const columns = need('00280011', 'Columns (0028,0011)');
  check(rows > 0 && rows <= 65535, 'Rows (0028,0010)', '1 … 65535', rows);
  check(columns > 0 && columns <= 65535, 'Columns (0028,0011)', '1 … 65535', columns);
  if (a['00280002'] === undefined && a['00280004'] === undefined) {
    throw new RefusedInput('missing_attributes', { attribute: 'PhotometricInterpretation (0028,0004)' });
  }
  const samples = numberOf(a, '00280002') ?? 1;
  check(samples === 1 || samples === 3 || samples === 4, 'SamplesPerPixel (0028,0002)', '1 or 3', samples);
  const bitsAllocated = need('00280100', 'BitsAllocated (0028,0100)');
  check(
    [1, 8, 16, 32, 64].includes(bitsAllocated),
    'BitsAllocated (0028,0100)',
    '1, 8, 16, 32 or 64',
    bitsAllocated,
  );
  const bitsStored = numberOf(a, '00280101') ?? bitsAllocated;
  check(
    bitsStored >= 1 && bitsStored <= bitsAllocated,
    'BitsStored (0028,0101)',
    `1 … ${bitsAllocated}`,
    bitsStored,
  );
  const highBit = numberOf(a, '00280102') ?? bitsStored - 1;
  check(
    highBit >= bitsStored - 1 && highBit < bitsAllocated,
    'HighBit (0028,0102)',
    `${bitsStored - 1} … ${bitsAllocated - 1}`,
    highBit,
  );
  const representation = numberOf(a, '00280103') ?? 0;
  check(
    representation === 0 || representation === 1,
    'PixelRepresentation (0028,0103)',
    '0 or 1',
    representation,
  );
  const said = textOf(a, '00280008') ?? '';
  const first = Number((said.split('\\')[0] ?? '').trim() || '1');
  const frames = Number.isNaN(first) || first === 0 ? 1 : first;
  check(
    Number.isInteger(frames) && frames > 0 && frames <= MOST_FRAMES,
    'NumberOfFrames (0028,0008)',
    `1 … ${MOST_FRAMES}`,
    said,
  );
  return {
    rows,
    columns,
    samples,
    frames,
    bitsAllocated,
    bitsStored,
    highBit,
    signed: representation === 1,
    planar: samples > 1 && numberOf(a, '00280006') === 1,
    photometric: textOf(a, '00280004') ?? (samples === 1 ? 'MONOCHROME2' : 'RGB'),
  };
}
