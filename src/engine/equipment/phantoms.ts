import type { Vec3 } from '../../core/geometry.ts';
import { toPatient } from '../../core/geometry.ts';
import type { Language } from '../../core/localised.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import type { Found } from '../../quality/physical-phantoms/find.ts';
import {
  measuredPairs,
  measurePhantom,
  type PhantomMeasurement,
} from '../../quality/physical-phantoms/measure.ts';
import { METRICS } from '../../quality/physical-phantoms/metrics.ts';
import * as pose from '../../quality/physical-phantoms/pose.ts';
import { templateFromJson, templateToJson } from '../../quality/physical-phantoms/read-template.ts';
import { measuredPart } from '../../quality/physical-phantoms/region-values.ts';
import { TEMPLATES } from '../../quality/physical-phantoms/registry.ts';
import type { PhantomTemplate } from '../../quality/physical-phantoms/template.ts';
import { shrunk } from '../../quality/physical-phantoms/sample.ts';
import { resultsOf } from '../../quality/constancy/run.ts';
import type { CallOptions, Study } from '../api.ts';
import type { JobRunner } from '../pool/runner.ts';
import { seriesOf, volumeOf } from '../study/volume.ts';

/** A template on a phase of a series. */
export interface PhantomPlace {
  readonly study: Study;
  readonly series: string;
  readonly phase?: number;
  readonly template: PhantomTemplate;
}

/** Physical phantoms: templates, finding them in an image, measuring them. */
export interface PhysicalPhantoms {
  readonly templates: readonly PhantomTemplate[];
  /** Names and formulas of every quantity, by its id. */
  readonly metrics: typeof METRICS;
  /** A template as a JSON text to edit, and back. @throws RefusedInput for what is none. */
  toJson(template: PhantomTemplate, language: Language): string;
  fromJson(text: string): PhantomTemplate;
  /** Finds the phantom and how it lies, in a worker. @throws RefusedInput `phantom_not_found` */
  find(place: PhantomPlace, options?: CallOptions): Promise<Found>;
  /** A phantom that stands straight in the middle of the image, to be moved by hand. */
  straight(place: PhantomPlace): pose.Pose;
  measure(
    place: PhantomPlace,
    at: pose.Pose,
    options?: CallOptions & {
      /** Factor from image values to the unit of the template. */
      readonly factor?: number;
      /** A second acquisition of the same, for signal to noise by difference. */
      readonly second?: { readonly series: string; readonly phase?: number };
    },
  ): Promise<PhantomMeasurement>;
  /** Numbers of a measurement that a run keeps. */
  readonly resultsOf: typeof resultsOf;
  readonly pairs: typeof measuredPairs;
  /** Moving a placed phantom by hand, and where its regions lie. */
  readonly pose: typeof pose & { readonly measuredPart: typeof measuredPart };
}

export function createPhantoms(runner: JobRunner): PhysicalPhantoms {
  const read = ({ study, series, phase = 0 }: PhantomPlace, options: CallOptions) =>
    volumeOf(runner, study, series, phase, options.signal ? { signal: options.signal } : {});
  return {
    templates: TEMPLATES,
    metrics: METRICS,
    toJson: templateToJson,
    fromJson: templateFromJson,
    async find(place, options = {}) {
      const volume = await read(place, options);
      // What the search looks at is far smaller than the image; the worker need not have it all.
      const found = await runner.run(
        'find-phantom',
        { volume: shrunk(volume, 2.5), template: place.template },
        options,
      );
      if (!found) throw refusedCase('phantom_not_found');
      return found;
    },
    straight({ study, series }) {
      const { affine, size } = seriesOf(study, series);
      const middle: Vec3 = affine
        ? toPatient(affine, (size[0] - 1) / 2, (size[1] - 1) / 2, (size[2] - 1) / 2)
        : [0, 0, 0];
      return pose.straight(middle);
    },
    async measure(place, at, options = {}) {
      const volume = await read(place, options);
      const { second, factor } = options;
      const other = second
        ? await read({ ...place, ...second, phase: second.phase ?? 0 }, options)
        : undefined;
      return measurePhantom(volume, place.template, at, {
        ...(factor !== undefined && { factor }),
        ...(other && { second: other }),
      });
    },
    resultsOf,
    pairs: measuredPairs,
    pose: { ...pose, measuredPart },
  };
}
