import type { Vec3 } from '../../core/geometry.ts';
import { toPatient } from '../../core/geometry.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import { measuredPairs, measurePhantom } from '../../quality/physical-phantoms/measure.ts';
import { METRICS } from '../../quality/physical-phantoms/metrics.ts';
import * as pose from '../../quality/physical-phantoms/pose.ts';
import { templateFromJson, templateToJson } from '../../quality/physical-phantoms/read-template.ts';
import { measuredPart } from '../../quality/physical-phantoms/region-values.ts';
import { TEMPLATES } from '../../quality/physical-phantoms/registry.ts';
import { shrunk } from '../../quality/physical-phantoms/sample.ts';
import { resultsOf } from '../../quality/constancy/run.ts';
import { Headers } from '../../quality/rules/headers.ts';
import type { CallOptions } from '../call-options.ts';
import type { JobRunner } from '../pool/runner.ts';
import type { PhantomPlace, PhysicalPhantoms } from './api.ts';
import { headersOf } from '../quality/headers.ts';
import { seriesOf, volumeOf } from '../study/volume.ts';

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
      const stated = new Headers(headersOf(place.study, place.series).columns).number('00180050');
      return measurePhantom(volume, place.template, at, {
        ...(factor !== undefined && { factor }),
        ...(other && { second: other }),
        ...(stated !== undefined && { thickness: stated }),
      });
    },
    resultsOf,
    pairs: measuredPairs,
    pose: { ...pose, measuredPart },
  };
}
