import { RefusedInput } from '../core/refusal.ts';
import { compareRegions } from '../engine/compare.ts';
import { createNodeEngine } from '../engine/node.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { filesUnder } from './files.ts';
import { exitCodeOf, print, say, SOME_REFUSED } from './output.ts';

/** Agreement of two masks; RTSTRUCT contours need the image whose grid they are brought onto. */
export async function compareCommand(args: readonly string[]): Promise<number> {
  const { paths, value } = readArguments(args, ['image', 'region']);
  if (paths.length !== 2) throw new BadArguments('name two masks');
  const engine = createNodeEngine();
  const image = value('image');
  const base = image
    ? await engine.open((await filesUnder([image])).map((f) => ({ ...f, use: 'image' as const })))
    : undefined;
  const studies = [];
  for (const path of paths) {
    const files = (await filesUnder([path])).map((f) => ({ ...f, use: 'mask' as const }));
    studies.push(await engine.open(files, base ? { into: base } : {}));
  }
  const regions = studies.map((study, i) => {
    const fresh = study.regions.filter((r) => !base?.regions.some((old) => old.id === r.id));
    const named = fresh.filter((r) => value('region') === undefined || r.name === value('region'));
    if (named.length !== 1) {
      throw new BadArguments(
        `${paths[i]} holds ${named.length} such regions (${fresh.map((r) => r.name).join(', ') || 'none'}); name one with --region`,
      );
    }
    return named[0];
  });
  try {
    print(compareRegions(regions[0], regions[1], base?.series[0]));
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal(regions[1].name));
    say(`refused: ${sentence.en} ${remedy.en}`);
    return SOME_REFUSED;
  }
  return Math.max(...studies.map((s) => exitCodeOf(engine, s)));
}
