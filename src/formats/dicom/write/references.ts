import type { Attributes } from '../../../core/dicom.ts';
import { attributesOf } from './attributes-of.ts';

/** The image plane that something lies on: an instance and, where it has several frames, the frame, from 1. */
export interface PlaneReference {
  readonly sopClassUid: string;
  readonly sopUid: string;
  readonly frame?: number;
}

/** The series that regions were drawn on: one reference for each slice of its grid. */
export interface ReferencedSeries {
  readonly seriesUid: string;
  readonly planes: readonly PlaneReference[];
}

/** Image SOP Instance Reference (PS3.3 10.3). */
export const planeItem = ({ sopClassUid, sopUid, frame }: PlaneReference): Attributes =>
  attributesOf({
    ReferencedSOPClassUID: sopClassUid,
    ReferencedSOPInstanceUID: sopUid,
    ReferencedFrameNumber: frame,
  });

/** The instances of a series, each once, without frames. */
export function instanceItems({ planes }: ReferencedSeries): Attributes[] {
  const byUid = new Map(planes.map((plane) => [plane.sopUid, plane]));
  return [...byUid.values()].map(({ sopClassUid, sopUid }) => planeItem({ sopClassUid, sopUid }));
}
