import { writeNifti } from '../../formats/nifti/write.ts';
import type { FrameMotion } from '../../kinetics/motion/measure.ts';
import { verdictText, type Verdict } from '../../quality/gate.ts';
import { csvText } from '../../report/feature-table/csv.ts';
import { releasedFinding, releasedVerdict } from '../export.ts';
import { verdictWith } from '../quality/heard.ts';
import { kineticSettingsHash } from '../settings-hash.ts';
import { wordsOut } from '../study/told.ts';
import { VERSION } from '../version.ts';
import type { KineticMap, KineticResult, KineticSettings, ShapeResult, T1Result } from './request.ts';

/** A map as a gzipped NIfTI file; empty voxels are NaN. */
export function mapAsNifti({ id, unit, volume }: KineticMap): Uint8Array<ArrayBuffer> {
  const file = writeNifti(volume, { description: unit ? `${id} [${unit}]` : id });
  return file as Uint8Array<ArrayBuffer>;
}

/** What a NIfTI file has no room for, beside it under the same name with the ending `.json`, in the style of BIDS. */
export function mapSidecar(
  map: KineticMap,
  made: KineticResult | ShapeResult | T1Result,
  given?: Verdict,
): string {
  const verdict = verdictWith(given, made);
  return JSON.stringify(
    {
      Software: `Kinetex ${VERSION}`,
      Quantity: map.id,
      Description: map.name.en,
      Units: map.unit,
      ...('protocol' in made
        ? { T1Protocol: made.protocol }
        : 'model' in made
          ? { Model: made.model, Input: wordsOut(false).shown(made.input.origin.en) }
          : { Model: 'curve shape' }),
      ...('complete' in made && { Complete: made.complete }),
      EmptyVoxels: 'NaN',
      SettingsHash: kineticSettingsHash(made),
      QcHash: verdict?.qcHash ?? '',
      QcVerdict: saidOf(verdict),
      QcRules: releasedVerdict(verdict, wordsOut(false)),
    },
    null,
    2,
  );
}

const saidOf = (verdict: Verdict | null): string =>
  verdict ? verdictText(releasedVerdict(verdict, wordsOut(false))) : 'not judged';

/** Summary of a map over its voxels with an answer. */
function summaryOf({ id, unit, volume }: KineticMap) {
  const sorted = Float32Array.from(volume.data).filter(Number.isFinite).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? null;
  let mean = 0;
  for (const v of sorted) mean += v / sorted.length;
  return {
    id,
    unit,
    voxels: sorted.length,
    mean: sorted.length > 0 ? mean : null,
    median: at(0.5),
    percentile10: at(0.1),
    percentile90: at(0.9),
  };
}

/** Settings without what names series, regions and files: which they were is no matter of another site. */
function releasedSettings({ input, t1, b1, ...rest }: KineticSettings): object {
  return {
    ...rest,
    input: input.kind === 'region' || input.kind === 'table' ? { kind: input.kind } : input,
    t1: { ...t1, tissue: t1.tissue.kind === 'map' ? { kind: 'map', unit: t1.tissue.unit } : t1.tissue },
    ...(b1 && { b1: { unit: b1.unit } }),
  };
}

/**
 * Everything about a fit but its pixels, for another site to repeat it: without UIDs, and without names that tell of
 * somebody.
 */
export function kineticsJson(result: KineticResult, given?: Verdict): string {
  const verdict = verdictWith(given, result);
  const { maps, errorMaps, curves: _curves, voxels, input, mean, motion, ...rest } = result;
  const words = wordsOut(false);
  const numbers = (a: ArrayLike<number>) => Array.from(a, (v) => (Number.isFinite(v) ? v : null));
  return JSON.stringify(
    {
      ...rest,
      settings: releasedSettings(rest.settings),
      series: words.shown(rest.series),
      regionName: words.shown(rest.regionName),
      settingsHash: kineticSettingsHash(result),
      qcHash: verdict?.qcHash ?? '',
      verdict: releasedVerdict(verdict, words),
      seconds: numbers(rest.seconds),
      voxels: voxels.length,
      input: {
        origin: words.shown(input.origin.en),
        seconds: numbers(input.seconds),
        plasma: numbers(input.plasma),
        voxels: input.voxels.length,
      },
      mean: mean && {
        curve: numbers(mean.curve),
        fitted: numbers(mean.fitted),
        fit: mean.fit,
        ...(mean.bootstrap && { bootstrap: mean.bootstrap }),
      },
      ...(motion && { motion: motion.map(motionRow) }),
      maps: maps.map(summaryOf),
      errors: errorMaps.map(summaryOf),
      findings: rest.findings.map(({ id, severity, subject, facts }) =>
        releasedFinding({ id, severity, subject, facts }, words),
      ),
    },
    null,
    2,
  );
}

/** Motion of a frame, mm and degrees. */
export const motionRow = ({ status, translation, rotation, displacement, pixels }: FrameMotion) => ({
  status,
  translation_mm: translation,
  rotation_deg: rotation,
  displacement_mm: displacement,
  pixels,
});

/** Everything about curve-shape maps but their pixels. */
export function shapesJson(result: ShapeResult, given?: Verdict): string {
  const verdict = verdictWith(given, result);
  const { maps, seconds, ...rest } = result;
  const words = wordsOut(false);
  const told = {
    ...rest,
    series: words.shown(rest.series),
    regionName: words.shown(rest.regionName),
    settingsHash: kineticSettingsHash(result),
    qcHash: verdict?.qcHash ?? '',
    verdict: releasedVerdict(verdict, words),
    seconds: [...seconds],
    maps: maps.map(summaryOf),
  };
  return JSON.stringify(told, null, 2);
}

/** Region mean and its fit at the frames, and the input at its own times, in long form. */
export function kineticsCsv(result: KineticResult, given?: Verdict): string {
  const verdict = verdictWith(given, result);
  const { seconds, mean, input } = result;
  const said = [kineticSettingsHash(result), verdict?.qcHash ?? '', csvText(saidOf(verdict))]
    .map((cell) => `,${cell}`)
    .join('');
  const rows = ['curve,time_s,concentration_mmol_per_L,settings_hash,qc_hash,qc'];
  const put = (name: string, times: ArrayLike<number>, values: ArrayLike<number>) => {
    for (let i = 0; i < times.length; i++) rows.push(`${name},${times[i]},${values[i]}${said}`);
  };
  put('plasma input', input.seconds, input.plasma);
  if (mean) {
    put('region mean', seconds, mean.curve);
    put('fitted', seconds, mean.fitted);
  }
  return `${rows.join('\n')}\n`;
}
