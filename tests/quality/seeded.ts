import { appendFileSync } from 'node:fs';
import type { FileSource } from '../../src/engine/api.ts';
import { createNodeEngine } from '../../src/engine/node.ts';
import type { AssessRequest, Assessment } from '../../src/engine/quality/request.ts';
import type { RegionFacts } from '../../src/quality/rules/extraction-facts.ts';
import type { Mask, Volume } from '../../src/core/volume.ts';

/** One defect put into a clean series: it must raise its rule and no other above information. */
export interface Defect {
  readonly rule: string;
  readonly name: string;
  readonly files: () => FileSource[];
  /** The severity that the rule must reach. */
  readonly severity: 'info' | 'warn' | 'fail' | 'block' | 'na';
  readonly ask?: Omit<AssessRequest, 'study' | 'series'>;
  /** Regions on the volume of the series. */
  readonly masks?: (volume: Volume) => Mask[];
  /** How these were placed and measured. */
  readonly facts?: (masks: readonly Mask[], volume: Volume) => RegionFacts;
  /** Series that are opened with it, and how they are used. */
  readonly beside?: { readonly files: () => FileSource[]; readonly as: 'reference' | 'other' };
  /** Rules that cannot but follow from the same defect, with the reason. */
  readonly follows?: Readonly<Record<string, string>>;
}

/** Opens the files and runs every rule on the first series. */
export async function assessed({
  files,
  ask,
  masks,
  facts,
  beside,
}: Omit<Defect, 'rule' | 'name' | 'severity'>): Promise<Assessment> {
  const engine = createNodeEngine();
  const own = await engine.open(files());
  const [series] = own.series;
  const study = beside ? await engine.open(beside.files(), { into: own }) : own;
  const others = study.series.filter((s) => s.uid !== series!.uid).map((s) => s.uid);
  const volume = await engine.volume(study, series!.uid).catch(() => null);
  const drawn = masks && volume ? masks(volume) : [];
  const result = await engine.assess({
    study,
    series: series!.uid,
    masks: drawn,
    ...(facts && volume && { regionFacts: facts(drawn, volume) }),
    today: '20260106',
    ...(beside?.as === 'reference' && { reference: others[0]! }),
    ...(beside?.as === 'other' && { others }),
    ...ask,
  });
  engine.close(study);
  return result;
}

/** Ids raised above information, with their severity. */
export const raised = ({ results }: Assessment): Record<string, string> =>
  Object.fromEntries(
    results.filter((r) => ['warn', 'fail', 'block'].includes(r.severity)).map((r) => [r.id, r.severity]),
  );

/** Keeps what a defect raised, for docs/quality.md, when `scripts/write-quality.mjs` asks for it. */
export function kept(
  { rule, name, follows = {} }: Pick<Defect, 'rule' | 'name' | 'follows'>,
  found: Record<string, string>,
): Record<string, string> {
  const file = process.env['KINETEX_QUALITY_ROWS'];
  if (file) appendFileSync(file, `${JSON.stringify({ rule, name, follows, found })}\n`);
  return found;
}
