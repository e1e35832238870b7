import { spacingOf, toPatient } from '../../core/geometry.ts';
import type { Grid } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { ctImage, type CtAcquisition } from '../../formats/dicom/write/ct-image.ts';
import {
  studyModule,
  type Plane,
  type SeriesContext,
  type StudyContext,
} from '../../formats/dicom/write/modules.ts';
import { writeDicom } from '../../formats/dicom/write/part10.ts';
import { structureSet, type WrittenRegion } from '../../formats/dicom/write/structure-set.ts';
import { uidFromSeed } from '../../formats/dicom/write/uid.ts';

/** A file as it would lie on a disk: path with folders, and bytes. */
export interface MadeFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** UIDs of slices, so that other objects can refer to them. */
export const sliceUid = (series: SeriesContext, slice: number, phase = 0): string =>
  uidFromSeed(`${series.seriesUid}/${phase}/${slice}`);

/** The plane of slice `k` of a volume whose third axis is the slice normal. */
export function planeOf({ size, affine }: Grid, series: SeriesContext, k: number, phase = 0): Plane {
  const spacing = spacingOf(affine);
  const position = toPatient(affine, 0, 0, k);
  const along = (axis: 0 | 1 | 2) =>
    affine.matrix[axis].map((v) => v / spacing[axis]) as [number, number, number];
  const normal = along(2);
  return {
    sopUid: sliceUid(series, k, phase),
    instanceNumber: phase * size[2] + k + 1,
    columns: size[0],
    rows: size[1],
    position,
    orientation: [along(0), along(1)],
    pixelSpacing: [spacing[1], spacing[0]],
    sliceThickness: spacing[2],
    sliceLocation: position[0] * normal[0] + position[1] * normal[1] + position[2] * normal[2],
  };
}

/** Writes slice `k` of a CT as a file. HU are rounded and kept to the 12 bits of the form. */
export function ctFile(
  folder: string,
  grid: Grid,
  k: number,
  hu: ArrayLike<number>,
  study: StudyContext,
  series: SeriesContext,
  ct: CtAcquisition,
): MadeFile {
  const stored = new Uint16Array(hu.length);
  for (let i = 0; i < hu.length; i++) stored[i] = Math.min(4095, Math.max(0, Math.round(hu[i]! + 1024)));
  return {
    path: `${folder}/${String(k + 1).padStart(4, '0')}.dcm`,
    bytes: writeDicom(ctImage(study, series, planeOf(grid, series, k), ct), stored),
  };
}

/** Writes a CT volume in HU as one file for each slice. */
export function ctFiles(
  folder: string,
  { grid, data }: Volume,
  study: StudyContext,
  series: SeriesContext,
  ct: CtAcquisition,
): MadeFile[] {
  const pixels = grid.size[0] * grid.size[1];
  return Array.from({ length: grid.size[2] }, (_, k) =>
    ctFile(folder, grid, k, data.subarray(k * pixels, (k + 1) * pixels), study, series, ct),
  );
}

/** Writes regions drawn on that volume as an RT Structure Set; each contour names the slice that it lies on. */
export function structureFile(
  path: string,
  label: string,
  regions: readonly WrittenRegion[],
  volume: Volume,
  study: StudyContext,
  images: SeriesContext & { readonly sopClassUid: string },
  series: SeriesContext,
): MadeFile {
  const { size, affine } = volume.grid;
  const step = affine.matrix[2][2];
  const sliceOf = (z: number) => Math.round((z - affine.origin[2]) / step);
  const planeOf = (k: number) => ({ sopClassUid: images.sopClassUid, sopUid: sliceUid(images, k) });
  const referring = regions.map((region) => ({
    ...region,
    contours: region.contours.map((c) => ({ ...c, plane: planeOf(sliceOf(c.points[0]?.[2] ?? NaN)) })),
  }));
  const planes = Array.from({ length: size[2] }, (_, k) => planeOf(k));
  const sopUid = uidFromSeed(`${series.seriesUid}/structures`);
  const references = { seriesUid: images.seriesUid, planes };
  const attributes = structureSet(studyModule(study), series, sopUid, label, referring, references);
  return { path, bytes: writeDicom(attributes) };
}
