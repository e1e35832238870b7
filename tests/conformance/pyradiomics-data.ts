import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Grid, Size3 } from '../../src/core/geometry.ts';
import type { Mask, Volume } from '../../src/core/volume.ts';
import { SHARED } from '../shared.ts';

/** The baselines of the original's own test suite, as far as the conformance test needs them. */

export interface BaselineTest {
  readonly test: string;
  readonly settings_common: Readonly<Record<string, unknown>>;
  readonly classes: readonly {
    readonly class: string;
    readonly features: Readonly<Record<string, number>>;
  }[];
}

export const CASES = ['brain1', 'brain1_2D', 'breast1', 'breast1_2D'] as const;
export type CaseId = (typeof CASES)[number];

const FOLDER = join(SHARED, 'reference/pyradiomics');

export const readBaseline = (id: CaseId): { tests: readonly BaselineTest[] } =>
  JSON.parse(readFileSync(join(FOLDER, `${id}.json`), 'utf8')) as { tests: readonly BaselineTest[] };

/** The slice that the shape2D baselines were made from (README of the reference data). */
const ONLY_SLICE: Readonly<Record<CaseId, number | null>> = {
  brain1: null,
  brain1_2D: 16,
  breast1: null,
  breast1_2D: 9,
};

export function readCase(id: CaseId): { volume: Volume; mask: Mask } {
  const image = readPlainNrrd(`${id.replace('_2D', '')}_image.nrrd`);
  const label = readPlainNrrd(`${id.replace('_2D', '')}_label.nrrd`);
  const slice = ONLY_SLICE[id];
  const [nx, ny] = label.grid.size;
  const data = Uint8Array.from(label.data, (x, i) =>
    x === 1 && (slice === null || Math.floor(i / (nx * ny)) === slice) ? 1 : 0,
  );
  return {
    volume: { grid: image.grid, data: image.data, unit: 'arbitrary', modality: 'MR' },
    mask: { grid: image.grid, data, name: id, colour: [255, 0, 0] },
  };
}

/** Gzipped little-endian samples after a text header with orthogonal space directions: all that these files are. */
function readPlainNrrd(name: string): { grid: Grid; data: Float32Array } {
  const bytes = readFileSync(join(FOLDER, name));
  const end = bytes.indexOf('\n\n');
  const header = new Map(
    bytes
      .subarray(0, end)
      .toString('latin1')
      .split('\n')
      .filter((line) => line.includes(': '))
      .map((line) => line.split(': ') as [string, string]),
  );
  const numbers = (key: string): number[] =>
    header
      .get(key)!
      .match(/-?[\d.]+(?:e-?\d+)?/g)!
      .map(Number);
  const [nx, ny, nz] = numbers('sizes') as [number, number, number];
  const d = numbers('space directions');
  const o = numbers('space origin');
  const raw = gunzipSync(bytes.subarray(end + 2));
  const kind = header.get('type')!;
  const types = { short: Int16Array, 'unsigned short': Uint16Array, int: Int32Array, float: Float32Array };
  const Type = types[kind as keyof typeof types];
  const samples = new Type(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
  const size: Size3 = [nx, ny, nz];
  return {
    grid: {
      size,
      affine: {
        origin: [o[0]!, o[1]!, o[2]!],
        matrix: [
          [d[0]!, d[1]!, d[2]!],
          [d[3]!, d[4]!, d[5]!],
          [d[6]!, d[7]!, d[8]!],
        ],
      },
    },
    data: Float32Array.from(samples),
  };
}
