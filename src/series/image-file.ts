import { cross, determinant, dot, length, spacingOf, type Affine } from '../core/geometry.ts';
import type { Finding } from '../core/finding.ts';
import type { ImageFile } from '../core/instance.ts';
import type { Series } from '../core/series.ts';
import type { Volume } from '../core/volume.ts';
import { anisotropyFindings } from './lattice.ts';
import { seriesFinding } from './texts.ts';

const leaf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A NIfTI, NRRD or MGH file as a series: its fourth axis are the phases. Such files state no unit and no modality. */
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
    findings: usable
      ? gridFindings(image.affine, image)
      : [seriesFinding('G-02', 'fail', image.file, { what: 'affine' })],
  };
}

function gridFindings(affine: Affine, { size, file, count, timeStep }: ImageFile): Finding[] {
  const [i, j, k] = affine.matrix;
  const out: Finding[] = [];
  // Angle of the third axis against the normal of the first two.
  const normal = cross(i, j);
  const cosine = Math.abs(dot(k, normal)) / (length(k) * length(normal));
  const degrees = (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
  if (degrees > 0.1)
    out.push(
      seriesFinding('G-04', degrees > 1 ? 'fail' : 'warn', file, { degrees: Number(degrees.toPrecision(3)) }),
    );
  if (size[2] > 1) out.push(...anisotropyFindings(affine, file));
  if (count > 1 && !(timeStep !== undefined && timeStep > 0))
    out.push(seriesFinding('R-time-unknown', 'na', file, { count }));
  return out;
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
