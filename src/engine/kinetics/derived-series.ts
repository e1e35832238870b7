import type { Study } from '../api.ts';
import type { Series } from '../../core/series.ts';
import { sha256 } from '../hash.ts';
import { sessionOf } from '../study/session.ts';
import { seriesOf } from '../study/volume.ts';
import type { KineticMap } from './request.ts';

/** A study with a map as one more series: an image like any other, on the grid of the series it was made from. */
export async function withMap(study: Study, source: string, map: KineticMap, label: string): Promise<Study> {
  const from = seriesOf(study, source);
  const { volume } = map;
  const session = sessionOf(study);
  const values = Float32Array.from(volume.data);
  const hash = await sha256(JSON.stringify(volume.grid), new Uint8Array(values.buffer));
  const uid = `${source}/${map.id}/${hash.slice(0, 12) || study.series.length}`;
  if (session.derived.has(uid)) return study;
  const file = `${map.id} · ${label}`;
  session.derived.set(uid, volume);
  session.hashes.set(file, hash);
  const [low, high] = map.range;
  const series: Series = {
    uid,
    format: 'derived',
    modality: from.modality,
    description: file,
    size: [...volume.grid.size, 1],
    affine: volume.grid.affine,
    spacing: from.spacing,
    times: undefined,
    unit: map.unit,
    inverted: false,
    samples: 1,
    frameOfReference: from.frameOfReference,
    files: [file],
    planes: [],
    window: [(low + high) / 2, high - low],
    findings: [],
  };
  return { ...study, series: [...study.series, series] };
}
