import type { JobContext } from '../../core/job-context.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { checkValues, type ParameterValues } from '../../core/parameters.ts';
import type { RecordedStep } from '../../core/preprocessing.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import type { Volume } from '../../core/volume.ts';
import { unpackMask } from '../../regions/document/packed-mask.ts';
import { bodyOf } from '../../regions/morphology/body.ts';
import { binned, busiestSlice, slicePicture, type StepEvidence } from './evidence.ts';
import { STEPS } from './registry.ts';
import type { PreprocessingStep, StepId } from './step.ts';

/** A step as it is asked for; parameters that are not given take their default. */
export interface AskedStep {
  readonly id: StepId;
  readonly parameters?: ParameterValues;
}

export interface PreprocessingOutcome {
  readonly volume: Volume;
  readonly steps: readonly RecordedStep[];
  readonly evidence: readonly StepEvidence[];
  readonly normalised: boolean;
}

/** @throws RefusedInput `settings_invalid` for an id that is no step */
export function stepOf(id: string): PreprocessingStep {
  const found = STEPS.find((s) => s.id === id);
  if (found) return found;
  throw new RefusedInput('settings_invalid', {
    name: 'steps',
    expected: STEPS.map((s) => s.id).join(', '),
    received: id,
  });
}

/**
 * Steps one after the other, each with its figures and what it looked like before and after. All requests are checked
 * before the first one starts.
 * @param region 1 in the region of the person, on the grid of the image; null: the body (largest piece above Otsu's
 *   threshold, or above −300 HU)
 * @throws RefusedInput for settings out of bounds and for images that a step has no answer for
 */
export function preprocess(
  image: Volume,
  asked: readonly AskedStep[],
  region: Uint8Array | null,
  references: readonly Volume[],
  kernels: KernelModule | null,
  job: JobContext = {},
): PreprocessingOutcome {
  const plan = asked.map(({ id, parameters }) => {
    const step = stepOf(id);
    if (step.needsRegion && !region) throw refusedCase('step_needs_region', { step: step.id });
    if (references.length < step.references) {
      throw refusedCase('step_needs_references', {
        step: step.id,
        expected: step.references,
        received: references.length,
      });
    }
    return { step, values: checkValues(step.parameters, parameters), given: parameters ?? {} };
  });
  if (plan.length === 0) {
    throw new RefusedInput('settings_invalid', { name: 'steps', expected: '≥ 1', received: 0 });
  }
  const others = plan.some((p) => p.step.references > 0)
    ? references.map((volume) => ({ volume, mask: maskOf(volume, null, kernels) }))
    : [];
  let volume = image;
  let within = region;
  const steps: RecordedStep[] = [];
  const evidence: StepEvidence[] = [];
  plan.forEach(({ step, values, given }, n) => {
    job.checkCancelled?.();
    job.onProgress?.(n / plan.length, step.id);
    const mask = maskOf(volume, within, kernels);
    const done = step.run({
      volume,
      region: within,
      mask,
      references: others,
      values,
      kernels,
      job: { ...job, onProgress: (share) => job.onProgress?.((n + share) / plan.length, step.id) },
    });
    const newRegion = done.region === undefined ? within : done.region;
    const newMask = done.volume.grid === volume.grid ? mask : maskOf(done.volume, newRegion, kernels);
    const share = busiestSlice(mask, volume);
    evidence.push({
      id: step.id,
      before: slicePicture(volume, mask, share),
      after: slicePicture(done.volume, newMask, share),
      ...(done.field && { field: slicePicture({ ...volume, data: done.field }, mask, share) }),
      histograms: { before: binned(volume, mask), after: binned(done.volume, newMask) },
      marks: done.marks ?? [],
    });
    const defaults = Object.fromEntries(step.parameters.map((p) => [p.id, p.default]));
    steps.push({ id: step.id, parameters: { ...defaults, ...given }, figures: done.figures });
    volume = done.volume;
    within = newRegion;
  });
  job.onProgress?.(1);
  return { volume, steps, evidence, normalised: plan.some((p) => p.step.normalises) };
}

/** Finite voxels of the region, or of the body; all finite ones when the image has no body to be told apart. */
function maskOf(volume: Volume, region: Uint8Array | null, kernels: KernelModule | null): Uint8Array {
  const body = region ? null : bodyOf(volume, [0, volume.grid.size[2]], kernels);
  const mask = region ?? (body ? unpackMask(body) : new Uint8Array(volume.data.length).fill(1));
  return mask.map((m, i) => Number(m === 1 && Number.isFinite(volume.data[i])));
}
