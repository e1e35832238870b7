import { spacingOf } from '../../core/geometry.ts';
import type { JobContext } from '../../core/job-context.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { fill, type Facts, type Localised } from '../../core/localised.ts';
import { checkValues } from '../../core/parameters.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Volume } from '../../core/volume.ts';
import { cropped, type Box, type SegmentationRequest } from './crop.ts';
import type { MethodResult, Need, SegmentationInput, SegmentationMethod } from './method.ts';
import { SEGMENTATION_REASONS, Unsegmentable, type SegmentationReason } from './reasons.ts';
import { methodOf } from './registry.ts';

/** A segmentation, or why there is none. Labels and placements lie on `box`, not on the image. */
export type SegmentationOutcome =
  | ({ readonly outcome: 'done'; readonly box: Box } & MethodResult)
  | {
      readonly outcome: 'none';
      readonly reason: SegmentationReason;
      readonly facts: Facts;
      /** The sentence with its facts filled in, and what to do. */
      readonly text: Localised;
      readonly remedy: Localised;
    };

/** Classes fit in a byte and in a legend. */
const MOST_CLASSES = 32;

/**
 * Runs one method on the box of an image.
 * @throws RefusedInput `settings_invalid` for a parameter out of bounds, `region_grid_differs` for strokes or masks of
 *   another size than the image; what `checkCancelled` throws.
 */
export function segment(
  volume: Volume,
  asked: SegmentationRequest,
  kernels: KernelModule | null = null,
  job: JobContext = {},
): SegmentationOutcome {
  const method = methodOf(asked.method);
  const values = checkValues(method.parameters, asked.parameters);
  return outcomeOf(() => {
    const part = cropped(volume, asked);
    const input = inputOf(part.volume, part.request);
    checkNeeds(method, input);
    const result = method.run({ input, values, kernels, job });
    return { outcome: 'done', box: part.box, ...result };
  });
}

/** What the work gives, or the outcome that says why it has no answer. */
export function outcomeOf<T>(work: () => T): T | Extract<SegmentationOutcome, { outcome: 'none' }> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Unsegmentable)) throw error;
    return noneOf(error);
  }
}

function inputOf(
  { grid, data }: Volume,
  { within, scribbles, seeds, start }: SegmentationRequest,
): SegmentationInput {
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  const active = new Uint8Array(values.length);
  for (let i = 0; i < active.length; i++)
    active[i] = Number(Number.isFinite(values[i]) && (!within || within[i] !== 0));
  if (!active.includes(1)) throw new Unsegmentable('nothing_active');
  const strokes = scribbles?.map((v, i) => (active[i] === 1 ? v : 0));
  const [nx, ny] = grid.size;
  return {
    size: grid.size,
    spacing: spacingOf(grid.affine),
    values,
    active,
    scribbles: strokes?.some((v) => v > 0) ? strokes : null,
    seeds: (seeds ?? []).map(([x, y, z]) => x + nx * (y + ny * z)),
    start: start ?? null,
  };
}

const NEED_WORDS: Readonly<Record<Need, Localised>> = {
  seeds: { en: 'clicked points', ru: 'отмеченные точки', zh: '点击的点' },
  scribbles: { en: 'strokes of at least two classes', ru: 'штрихи хотя бы двух классов', zh: '至少两类标记' },
  region: { en: 'a region to start from', ru: 'начальная область', zh: '起始区域' },
};
const OR: Localised = { en: ' or ', ru: ' или ', zh: '或' };

/** @throws Unsegmentable where what the method starts from is missing, or strokes are of one class. */
function checkNeeds({ needsOneOf, takes }: SegmentationMethod, input: SegmentationInput): void {
  const has: Readonly<Record<Need, boolean>> = {
    seeds: input.seeds.length > 0,
    scribbles: input.scribbles !== null,
    region: input.start?.some((v) => v !== 0) ?? false,
  };
  if (needsOneOf.length > 0 && !needsOneOf.some((n) => has[n]))
    throw new Unsegmentable('needs_missing', { needs: needsOneOf.join(',') });
  if (takes.includes('scribbles') && input.scribbles) {
    const classes = new Set(input.scribbles);
    classes.delete(0);
    if (classes.size < 2) throw new Unsegmentable('one_class');
    const most = Math.max(...classes);
    if (most > MOST_CLASSES)
      throw new RefusedInput('settings_invalid', {
        name: 'scribbles',
        expected: `1 – ${MOST_CLASSES}`,
        received: most,
      });
  }
}

function noneOf({ reason, facts }: Unsegmentable): Extract<SegmentationOutcome, { outcome: 'none' }> {
  const { text, remedy } = SEGMENTATION_REASONS[reason];
  const filled = (l: keyof Localised) => {
    const needs = String(facts['needs'] ?? '')
      .split(',')
      .map((n) => NEED_WORDS[n as Need]?.[l] ?? n)
      .join(OR[l]);
    return fill(text[l], { ...facts, needs });
  };
  return {
    outcome: 'none',
    reason,
    facts,
    text: { en: filled('en'), ru: filled('ru'), zh: filled('zh') },
    remedy,
  };
}
