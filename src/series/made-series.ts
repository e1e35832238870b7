import { numberOf, numbersOf, textOf, type Attributes } from '../core/dicom.ts';
import type { Finding } from '../core/finding.ts';
import { spacingOf, type Affine } from '../core/geometry.ts';
import type { FrameRef, Series } from '../core/series.ts';
import type { Phases } from './phases.ts';
import type { Plane } from './plane.ts';
import { protocolOf } from './protocol.ts';
import { commonScaleOf } from './scanner-scale.ts';
import { originFindings, valuesOf } from './unit.ts';

/** A series with the planes that it was made of, which tell it from its siblings. */
export interface MadeSeries {
  readonly series: Series;
  readonly first: Plane;
  readonly phases: readonly (readonly Plane[])[];
}

/** A series of planes in order: values, settings and remarks that do not depend on how the order was found. */
export function seriesOf(
  phases: readonly (readonly Plane[])[],
  affine: Affine | undefined,
  found: readonly Finding[],
  timed?: Pick<Phases, 'times' | 'bValues'>,
): MadeSeries {
  const [first] = phases[0];
  const a = first.instance.attributes;
  const uid = uidOf(first);
  const all = phases.flat();
  const fileIndex = new Map<string, number>();
  for (const p of all) if (!fileIndex.has(p.instance.file)) fileIndex.set(p.instance.file, fileIndex.size);
  const { unit, factor, findings } = valuesOf(all, uid);
  const scale = commonScaleOf(all, uid);
  const planes = all.map((p): FrameRef => {
    const padding = paddingOf(p.instance.attributes);
    return {
      file: fileIndex.get(p.instance.file)!,
      frame: p.frame,
      ...(p.tile && { tile: p.tile }),
      slope: p.slope * factor * scale.factorOf(p),
      intercept: p.intercept * factor * scale.factorOf(p),
      ...(padding && { padding }),
    };
  });
  const window = windowOf(a, factor);
  const protocol = protocolOf(phases);
  const series: Series = {
    uid,
    format: 'dicom',
    modality: textOf(a, '00080060') ?? '',
    description: textOf(a, '0008103E') ?? '',
    size: [first.columns, first.rows, phases[0].length, phases.length],
    affine,
    spacing: affine && spacingOf(affine),
    times: timed?.times,
    ...(timed?.bValues && { bValues: timed.bValues }),
    ...(protocol && { protocol }),
    unit,
    inverted: textOf(a, '00280004') === 'MONOCHROME1',
    samples: numberOf(a, '00280002') ?? 1,
    frameOfReference: textOf(a, '00200052') ?? '',
    files: [...fileIndex.keys()],
    planes,
    ...(window && { window }),
    findings: [...found, ...findings, ...scale.findings, ...originFindings(all, uid)],
  };
  return { series, first, phases };
}

/** First window of the file, in the unit of the series. */
function windowOf(a: Attributes, factor: number): readonly [number, number] | undefined {
  const [centre] = numbersOf(a, '00281050');
  const [width] = numbersOf(a, '00281051');
  // A table on the way to the screen (VOI LUT) needs no linear window; a width below one is none.
  return Number.isFinite(centre) && Number.isFinite(width) && width > 0
    ? [centre * factor, width * factor]
    : undefined;
}

/** Closed range of stored values that are padding, in whichever order the file gives its ends (PS3.3 C.7.5.1.1.2). */
function paddingOf(a: Attributes): readonly [number, number] | undefined {
  const value = signedPadding(a, '00280120');
  if (value === undefined) return undefined;
  const limit = signedPadding(a, '00280121') ?? value;
  return [Math.min(value, limit), Math.max(value, limit)];
}

/** "US or SS": the sign of the pixels decides. */
function signedPadding(a: Attributes, tag: string): number | undefined {
  const v = numberOf(a, tag);
  if (v === undefined) return undefined;
  const bits = numberOf(a, '00280100') ?? 16;
  const signed = numberOf(a, '00280103') === 1;
  if (bits !== 16) return v;
  if (signed && v > 32767) return v - 65536;
  return !signed && v < 0 ? v + 65536 : v;
}

/** SeriesInstanceUID of a plane. */
export const uidOf = (p: Plane): string => textOf(p.instance.attributes, '0020000E') ?? '';
