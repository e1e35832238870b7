import { RefusedInput } from '../../core/refusal.ts';
import { DEFAULT_RANGES, drawPerturbations } from '../../quality/perturbations/perturbation.ts';
import type { PerturbedRow } from '../../quality/perturbations/features.ts';
import { cutAround, type Cut } from '../../quality/perturbations/perturb.ts';
import { repeatabilityOf } from '../../statistics/verdict/repeated-table.ts';
import type { CallOptions, Engine } from '../api.ts';
import { sha256 } from '../hash.ts';
import type { JobRunner } from '../pool/runner.ts';
import { releasedName } from '../export.ts';
import { wordsOut } from '../study/told.ts';
import { volumeOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import { longTable } from './long-table.ts';
import { settingsFingerprint } from './robust-match.ts';
import type { PerturbationRequest, PerturbationStudy } from './request.ts';

export { DEFAULT_RANGES };

interface Place {
  readonly runner: JobRunner;
  readonly placeRegion: Engine['placeRegion'];
}

/** Parts of the runs for each worker, so that progress is seen and the last worker is not waited for long. */
const PARTS = 4;

/**
 * Features of regions under repeated small changes of image and region, and what they say about each feature.
 * @throws RefusedInput `settings_invalid` for ranges, runs or settings, and regions without voxels.
 */
export async function runPerturbations(
  { runner, placeRegion }: Place,
  request: PerturbationRequest,
  { signal, onProgress }: CallOptions = {},
): Promise<PerturbationStudy> {
  const { study, series, phase = 0, regions, settings, ranges, runs, seed, resample = false } = request;
  const start = Date.now();
  const call = signal ? { signal } : {};
  const perturbations = drawPerturbations(ranges, runs, seed);
  const volume = await volumeOf(runner, study, series, phase, call);
  const cuts: { name: string; cut: Cut }[] = [];
  // The table is made to be saved.
  const words = wordsOut(false);
  for (const [at, region] of regions.entries()) {
    const { mask, voxels, source } = await placeRegion(study, region, series, { ...call, resample });
    if (voxels === 0) throw noVoxels(source.name);
    const plain = releasedName(source.name, at, words);
    let name = plain;
    for (let n = 2; cuts.some((c) => c.name === name); n++) name = `${plain} (${n})`;
    cuts.push({ name, cut: cutAround(volume, mask, ranges, settings) });
  }
  const parts = Math.max(1, Math.min(runs, runner.size * PARTS));
  const jobs = cuts.flatMap(({ name, cut }) =>
    Array.from({ length: parts }, (_, p) => ({
      name,
      cut,
      perturbations: perturbations.filter((_, n) => n % parts === p),
    })),
  );
  const shares = new Float64Array(jobs.length);
  const done = await Promise.all(
    jobs.map(async ({ name, cut, perturbations: mine }, n) => ({
      name,
      rows: await runner.run(
        'perturbed-features',
        { cut, settings, perturbations: mine },
        {
          ...call,
          onProgress: (share) => {
            shares[n] = share;
            onProgress?.(shares.reduce((a, b) => a + b, 0) / jobs.length, name);
          },
        },
      ),
    })),
  );
  const rowsOf = (name: string): readonly PerturbedRow[] =>
    done.flatMap((d) => (d.name === name ? d.rows : [])).sort((a, b) => a.run - b.run);
  const csv = longTable(
    'perturbation',
    cuts.flatMap(({ name }) =>
      rowsOf(name).map(({ run, values }) => ({ subject: name, repeat: String(run), values })),
    ),
  );
  const judged = repeatabilityOf(csv, request.statistics);
  if ('problem' in judged) throw noVoxels(cuts.map((c) => c.name).join(', '));
  const hash = await sha256(
    JSON.stringify({ ranges, runs, seed, settings, VERSION, grids: cuts.map((c) => c.cut.volume.grid) }),
    ...cuts.flatMap((c) => [
      c.cut.mask.data as Uint8Array<ArrayBuffer>,
      new Uint8Array(c.cut.volume.data.buffer as ArrayBuffer),
    ]),
  );
  const robust = {
    ...judged.robust,
    study: hash,
    settings: settingsFingerprint(settings),
    modality: volume.modality,
  };
  const report = { ...judged, robust };
  return { perturbations, ranges, seed, csv, report, hash, milliseconds: Date.now() - start };
}

const noVoxels = (received: string) =>
  new RefusedInput('settings_invalid', {
    key: 'perturbation.regions',
    expected: 'regions with voxels on this series',
    received,
  });
