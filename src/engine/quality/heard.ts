import type { Mask } from '../../core/volume.ts';
import { notRun, together, type Verdict } from '../../quality/gate.ts';
import type { Study } from '../study/study.ts';
import type { HeardVerdict } from './heard-verdict.ts';
import type { Assessment, AssessRequest } from './request.ts';
import { verdictBeside, verdictOn } from './verdict.ts';

/** A region as it was when it was laid on a series; the shape is another object after every change. */
interface Laid {
  readonly region: string;
  readonly shape: object | undefined;
}

interface Heard {
  readonly made: Assessment;
  readonly files: readonly string[];
  /** In the order of the assessment's; undefined for a mask that comes from no region of the study. */
  readonly regions: readonly (Laid | undefined)[];
}

/**
 * Remembers what the rules said in this engine, so that numbers that are made afterwards can say it of themselves. It hides
 * nothing, and holds no masks alive.
 * @param shapeOf what a region of a study is made of at this moment
 */
export function createHeard(shapeOf: (study: Study, region: string) => object | undefined) {
  const laid = new WeakMap<object, Laid | string>();
  const heard = new Map<string, Heard>();
  const keyOf = (study: Study, series: string) => `${study.id} ${series}`;
  const filesOf = (study: Study, uid: string) => study.series.find((s) => s.uid === uid)?.files ?? [];

  const laidAs = (study: Study, { data }: Mask): Laid | undefined => {
    const known = laid.get(data);
    return typeof known === 'string' ? { region: known, shape: shapeOf(study, known) } : known;
  };

  /** Undefined when the rules were never asked about this series as it is now. */
  const own = (study: Study, series: string, region: string | null): Verdict | undefined => {
    const found = heard.get(keyOf(study, series));
    const files = filesOf(study, series);
    if (found?.files.length !== files.length || !found.files.every((f, n) => f === files[n]))
      return undefined;
    const whole = verdictOn(found.made, null);
    if (region === null) return whole;
    const shape = shapeOf(study, region);
    const at = found.regions.findIndex((r) => r?.region === region && r.shape === shape);
    // What is said of the whole series holds, and of the region as it is now nothing was said.
    return at >= 0 ? verdictOn(found.made, at) : together([whole, notRun(whole.profile)]);
  };

  /** Of an image that was computed here, the series that it was computed from has its say too. */
  const ofSource = (study: Study, uid: string): readonly (Verdict | undefined)[] => {
    const source = study.series.find((s) => uid.startsWith(`${s.uid}/`));
    if (!source) return [];
    const [from, to] = [source.uid, uid].map((s) => heard.get(keyOf(study, s))?.made);
    const prepared = study.series.some((s) => s.uid === uid && s.preprocessing !== undefined);
    return [prepared && from && to ? verdictBeside(from, to) : own(study, source.uid, null)];
  };

  return {
    /** The mask that a region gave; one that is drawn on in place is told without its shape. */
    lay(study: Study, region: string, mask: Mask, live = false): void {
      laid.set(mask.data, live ? region : { region, shape: shapeOf(study, region) });
    },
    /** Keeps the answer to a question, under the regions as they were when it was asked. */
    async during(request: AssessRequest, ask: () => Promise<Assessment>): Promise<Assessment> {
      const { study, series, masks = [] } = request;
      const before = masks.map((mask) => laidAs(study, mask));
      const made = await ask();
      const regions = before.map((b, n) => (b?.shape === laidAs(study, masks[n]!)?.shape ? b : undefined));
      heard.set(keyOf(study, series), { made, files: filesOf(study, series), regions });
      return made;
    },
    /** What was said of numbers of one or several regions; with null, of a whole image. */
    of(
      study: Study,
      parts: readonly { readonly series: string; readonly region: string | null }[],
    ): HeardVerdict {
      const said = parts.flatMap(({ series, region }) => [
        own(study, series, region),
        ...ofSource(study, series),
      ]);
      const known = said.filter((v) => v !== undefined);
      if (known.length === 0) return 'not assessed';
      return together(known.length < said.length ? [...known, notRun(known[0]!.profile)] : known);
    },
    forget(study: Study): void {
      for (const key of heard.keys()) if (key.startsWith(`${study.id} `)) heard.delete(key);
    },
  };
}

/** The verdict that goes with numbers: the one that is given, or what the numbers say of themselves. */
export const verdictWith = (
  given: Verdict | null | undefined,
  { verdict }: { readonly verdict?: HeardVerdict },
): Verdict | null => (given === undefined ? (typeof verdict === 'object' ? verdict : null) : given);
