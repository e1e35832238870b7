import type { Volume } from '../../core/volume.ts';
import type { SeriesContext, StudyContext } from '../../formats/dicom/write/modules.ts';
import { mrImage, type MrAcquisition } from '../../formats/dicom/write/mr-image.ts';
import { writeDicom } from '../../formats/dicom/write/part10.ts';
import { planeOf, type MadeFile } from './ct-study.ts';

/** Writes the phases of a dynamic MR as one file for each slice and phase. Signals are rounded to whole numbers. */
export function mrFiles(
  folder: string,
  phases: readonly Volume[],
  times: readonly number[],
  study: StudyContext,
  series: SeriesContext,
  mr: MrAcquisition,
): MadeFile[] {
  return phases.flatMap((volume, phase) => {
    const { size } = volume.grid;
    const pixels = size[0] * size[1];
    const temporal = {
      index: phase + 1,
      count: phases.length,
      acquisitionTime: timeOfDay(study.time, times[phase] ?? 0),
    };
    return Array.from({ length: size[2] }, (_, k) => {
      const stored = new Int16Array(pixels);
      for (let i = 0; i < pixels; i++) {
        stored[i] = Math.min(32767, Math.max(-32768, Math.round(volume.data[k * pixels + i]!)));
      }
      const plane = planeOf(volume.grid, series, k, phase);
      return {
        path: `${folder}/${String(plane.instanceNumber).padStart(4, '0')}.dcm`,
        bytes: writeDicom(mrImage(study, series, plane, mr, temporal), stored),
      };
    });
  });
}

/** `HHMMSS.FFFFFF` some seconds after a time of day `HHMMSS`; past midnight it starts again. */
export function timeOfDay(start: string, seconds: number): string {
  const [h, m, s] = [start.slice(0, 2), start.slice(2, 4), start.slice(4, 6)].map(Number) as [
    number,
    number,
    number,
  ];
  const total = Math.round((h * 3600 + m * 60 + s + seconds) * 1e6) % 86400e6;
  const whole = Math.floor(total / 1e6);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(whole / 3600))}${two(Math.floor(whole / 60) % 60)}${two(whole % 60)}.${String(total % 1e6).padStart(6, '0')}`;
}
