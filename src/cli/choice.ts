import type { Series } from '../core/series.ts';
import type { Engine, Study } from '../engine/api.ts';
import { BadArguments } from './arguments.ts';
import { filesUnder } from './files.ts';

/** An image and the regions of a mask opened beside it; a mask that holds none leaves those of the image. */
export async function openedPair(engine: Engine, imagePath: string, maskPath: string) {
  // Both paths are looked up before either is read.
  const imageFiles = (await filesUnder([imagePath])).map((f) => ({ ...f, use: 'image' as const }));
  const maskFiles = (await filesUnder([maskPath])).map((f) => ({ ...f, use: 'mask' as const }));
  const image = await engine.open(imageFiles);
  const study = await engine.open(maskFiles, { into: image });
  const fresh = study.regions.filter((r) => !image.regions.some((old) => old.id === r.id));
  return { image, study, fresh: fresh.length > 0 ? fresh : study.regions };
}

/** The image, or the one with this UID. @throws BadArguments when there is none, or more than one. */
export function seriesFor(study: Study, uid: string | undefined): Series {
  const found = study.series.filter((s) => uid === undefined || s.uid === uid);
  if (found.length === 0) throw new BadArguments('--image holds no image');
  if (found.length > 1) {
    throw new BadArguments(
      `--image holds ${found.length} images; name one with --series: ${found.map((s) => s.uid).join(', ')}`,
    );
  }
  return found[0];
}

/**
 * Regions of the given names in the order asked for; all regions when none is named.
 * @throws BadArguments for a name that no region has, and when there are no regions
 */
export function regionsNamed(regions: Study['regions'], names: readonly string[]) {
  if (regions.length === 0) throw new BadArguments('--mask holds no region');
  if (names.length === 0) return regions;
  return [...new Set(names)].flatMap((name) => {
    const found = regions.filter((r) => r.name === name);
    if (found.length > 0) return found;
    throw new BadArguments(`no region named ${name}; there are: ${regions.map((r) => r.name).join(', ')}`);
  });
}
