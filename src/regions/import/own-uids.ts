import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';
import { strangerUid } from '../../formats/dicom/write/uid.ts';

/** Originals by the UIDs that stand for them. */
function originals(series: readonly Series[]): Map<string, string> {
  const known = new Map<string, string>();
  for (const { uid, frameOfReference } of series) {
    for (const original of [uid.replace(/[#+]\d+$/, ''), frameOfReference])
      if (original && original.length <= 64) known.set(strangerUid(original), original);
  }
  return known;
}

/**
 * Regions that were exported here without identity carry UIDs that stand for those of their image. Beside that image
 * they belong to it again: their frame of reference and series get the UIDs that the image has.
 */
export function recognised(regions: readonly RegionSource[], series: readonly Series[]): RegionSource[] {
  const known = originals(series);
  return regions.map((region) => {
    const frame = known.get(region.frameOfReference);
    const named = region.referencedSeries && known.get(region.referencedSeries);
    if (frame === undefined && !named) return region;
    return {
      ...region,
      ...(frame !== undefined && { frameOfReference: frame }),
      ...(named && { referencedSeries: named }),
    };
  });
}

/** The same for images: maps that were exported here lie on their image again. */
export function recognisedImages(series: readonly Series[]): Series[] {
  const known = originals(series);
  return series.map((s) => {
    const frameOfReference = known.get(s.frameOfReference);
    return frameOfReference === undefined ? s : { ...s, frameOfReference };
  });
}
