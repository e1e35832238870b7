import type { Series } from '../core/series.ts';
import type { Study } from '../engine/api.ts';
import { createNodeEngine } from '../engine/node.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { filesUnder } from './files.ts';
import { exitCodeOf, print, printedFinding, printedRefusals, say } from './output.ts';

/** Series of the paths with their geometry, regions, findings and refused files. */
export async function inspectCommand(args: readonly string[]): Promise<number> {
  const { study, engine, json } = await opened(args);
  if (json) {
    print({
      series: study.series.map((s) => printedSeries(s, study)),
      objects: study.objects,
      regions: study.regions.map(printedRegion),
      findings: engine.inspect(study).map(printedFinding),
      refused: printedRefusals(engine, study),
    });
  } else {
    for (const s of study.series) {
      say(
        `${s.modality || s.format}  ${s.size.join(' × ')}  ${s.spacing?.map((v) => v.toPrecision(4)).join(' × ') ?? 'no geometry'} mm  ${s.unit}  ${s.description}`,
      );
    }
    for (const r of study.regions) say(`region  ${r.name}  (${r.origin})`);
    for (const o of study.objects) say(`${o.kind}  ${o.file}`);
    for (const f of engine.inspect(study).map(printedFinding)) say(`${f.severity}  ${f.id}  ${f.message}`);
  }
  return exitCodeOf(engine, study);
}

async function opened(args: readonly string[]) {
  const { paths, flags } = readArguments(args, []);
  if (paths.length === 0) throw new BadArguments('name at least one file or folder');
  const engine = createNodeEngine();
  const study = await engine.open(await filesUnder(paths));
  return { study, engine, json: flags.has('json') };
}

function printedSeries(s: Series, study: Study) {
  const regions = study.regions.filter(
    (r) =>
      r.referencedSeries === s.uid ||
      (r.frameOfReference !== '' && r.frameOfReference === s.frameOfReference),
  );
  const matrix = s.affine?.matrix;
  return {
    uid: s.uid,
    modality: s.modality,
    description: s.description,
    format: s.format,
    size: s.size,
    spacing: s.spacing ?? null,
    origin: s.affine?.origin ?? null,
    direction: matrix && s.spacing ? matrix.map((v, axis) => v.map((c) => c / s.spacing![axis])) : null,
    ...(s.times && { times: s.times }),
    units: s.unit,
    files: s.files,
    regions: regions.map((r) => r.name),
  };
}

const printedRegion = (r: Study['regions'][number]) => ({
  name: r.name,
  origin: r.origin,
  file: r.file,
  referencedSeries: r.referencedSeries ?? null,
});
