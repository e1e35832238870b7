import { determinant, spacingOf } from '../core/geometry.ts';
import type { ImageFile } from '../core/instance.ts';
import type { Series } from '../core/series.ts';
import type { Volume } from '../core/volume.ts';
import { seriesFinding } from './texts.ts';

const leaf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A NIfTI, NRRD or MGH file as a series: its fourth axis are the phases. */
export function seriesFromImageFile(image: ImageFile): Series {
  const d = determinant(image.affine);
  const usable = Number.isFinite(d) && d !== 0;
  const { timeStep, count } = image;
  return {
    uid: image.file,
    format: image.format,
    modality: '',
    description: leaf(image.file),
    size: [...image.size, count],
    affine: usable ? image.affine : undefined,
    spacing: usable ? spacingOf(image.affine) : undefined,
    times:
      timeStep !== undefined && timeStep > 0 && count > 1
        ? Array.from({ length: count }, (_, i) => i * timeStep)
        : undefined,
    unit: 'arbitrary',
    inverted: false,
    samples: 1,
    frameOfReference: '',
    files: [image.file],
    planes: [],
    findings: usable ? [] : [seriesFinding('G-02', 'fail', image.file, { what: 'affine' })],
  };
}

/** The volume of one phase of such a file; a view, not a copy. */
export function volumeOfImageFile(image: ImageFile, series: Series, phase: number): Volume {
  const [nx, ny, nz] = image.size;
  const n = nx * ny * nz;
  return {
    grid: { size: image.size, affine: series.affine ?? image.affine },
    data: image.data.subarray(phase * n, (phase + 1) * n),
    unit: series.unit,
    modality: series.modality,
  };
}
