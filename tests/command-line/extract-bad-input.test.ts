import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Grid } from '../../src/core/geometry.ts';
import { writeNifti } from '../../src/formats/nifti/write.ts';
import { kinetex } from './kinetex.ts';

// What the issue calls bad input, on the whole road: two files and a settings file in, JSON and an exit code out.

const folder = mkdtempSync(join(tmpdir(), 'kinetex-bad-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

const EDGE = 10;
type Place = readonly [x: number, y: number, z: number];

const gridOf = (edge: number, origin = 0): Grid => ({
  size: [edge, edge, edge],
  affine: {
    origin: [origin, origin, origin],
    matrix: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 2],
    ],
  },
});

/** A gzipped NIfTI of a cube; bytes when it holds labels. */
function file(name: string, value: (p: Place) => number, { edge = EDGE, labels = false, origin = 0 } = {}) {
  const at = (i: number): Place => [i % edge, Math.floor(i / edge) % edge, Math.floor(i / edge ** 2)];
  const values = Array.from({ length: edge ** 3 }, (_, i) => value(at(i)));
  const data = labels ? Uint8Array.from(values) : Float32Array.from(values);
  const path = join(folder, name);
  writeFileSync(path, writeNifti({ grid: gridOf(edge, origin), data }));
  return path;
}

const image = file('image.nii.gz', ([x, y, z]) => (37 * x + 91 * y + 53 * z) % 101);
const flat = file('flat.nii.gz', () => 12);
const half = file('half.nii.gz', ([x]) => (x < 5 ? 1 : 0), { labels: true });

interface Table {
  readonly mask: { readonly name: string };
  readonly features: readonly {
    family: string;
    tag: string;
    value: number | null;
    reason?: string;
    aggregation: string;
  }[];
  readonly findings: readonly { id: string; severity: string }[];
}

function extract(
  mask: string,
  settings = 'discretisation: {method: FBN, bins: 8}',
  more: string[] = [],
  on = image,
) {
  const yaml = join(folder, 'settings.yaml');
  writeFileSync(yaml, settings);
  const args = ['--image', on, '--mask', mask, '--settings', yaml, ...more];
  const run = kinetex('extract', '--json', ...args);
  return { ...run, json: (run.stdout === '' ? null : JSON.parse(run.stdout)) as Table };
}

const region = (name: string, inside: (p: Place) => boolean) =>
  file(`${name}.nii.gz`, (p) => (inside(p) ? 1 : 0), { labels: true });
const found = ({ findings }: Table) => findings.map((f) => `${f.id} ${f.severity}`);
const valueOf = ({ features }: Table, tag: string) => features.find((f) => f.tag === tag)?.value;

describe('regions at the edge of meaning have values where they can and reasons for the rest', () => {
  it.each([
    ['one voxel', ([x, y, z]: Place) => x === 4 && y === 4 && z === 4, 'V-02 block'],
    ['one slice', ([x, y, z]: Place) => x > 1 && x < 8 && y > 1 && y < 8 && z === 5, 'V-02 fail'],
    ['disconnected', ([x, y, z]: Place) => (x < 4 || x > 6) && y < 5 && z < 5, null],
    ['with a hole', (p: Place) => p.every((v) => v > 1 && v < 8) && !p.every((v) => v > 3 && v < 6), null],
    ['the whole image', () => true, null],
  ])('%s', (name, inside, finding) => {
    const { status, json, stderr } = extract(region(name.replaceAll(' ', '-'), inside));
    expect(status, stderr).toBe(0);
    if (finding) expect(found(json)).toContain(finding);
    expect(json.features.length).toBeGreaterThan(200);
    for (const f of json.features) expect(f.value === null, f.tag).toBe(f.reason !== undefined);
    expect(valueOf(json, 'stat_mean')).toBeGreaterThan(0);
    expect(valueOf(json, 'morph_vol_approx')).toBeGreaterThan(0);
  });

  it('one grey level', () => {
    const { status, json } = extract(half, undefined, [], flat);
    expect(status).toBe(0);
    expect(found(json)).toContain('V-09 fail');
    expect(valueOf(json, 'stat_mean')).toBe(12);
    expect(valueOf(json, 'stat_var')).toBe(0);
    expect(valueOf(json, 'stat_skew')).toBeNull();
    expect(json.features.some((f) => f.value === null && f.reason === 'flat_region')).toBe(true);
  });

  it('more levels than memory allows: the rest stays', () => {
    const { status, json } = extract(half, 'discretisation: {method: FBS, width: 1e-7}');
    expect(status).toBe(0);
    expect(found(json)).toContain('V-09 fail');
    expect(valueOf(json, 'stat_mean')).toBeGreaterThan(0);
    const glcm = json.features.filter((f) => f.family === 'glcm');
    expect(new Set(glcm.map((f) => f.reason))).toEqual(new Set(['needs_discretisation']));
  });

  it('re-segmentation that leaves nothing: the drawn shape stays', () => {
    const { status, json } = extract(half, 'resegmentation: {range: [5000, 6000]}');
    expect(status).toBe(0);
    expect(found(json)).toContain('V-08 block');
    expect(valueOf(json, 'morph_volume')).toBeGreaterThan(0);
    expect(valueOf(json, 'stat_mean')).toBeNull();
  });

  it('an aggregation that the approach excludes', () => {
    const { status, json } = extract(half, 'approach: 3D\naggregations: ["2D:avg"]\nfamilies: [glcm]');
    expect(status).toBe(0);
    expect(new Set(json.features.map((f) => f.reason))).toEqual(new Set(['outside_approach']));
  });
});

describe('what cannot be measured is refused with a sentence and a remedy', () => {
  it.each([
    [
      'another grid',
      file('other.nii.gz', () => 1, { edge: 7, labels: true, origin: 3 }),
      '',
      'region_grid_differs',
    ],
    ['a spacing of 0', half, 'interpolation: {spacing: [0, 1, 1]}', 'settings_invalid'],
    ['a spacing that is no number', half, 'interpolation: {spacing: [.nan, 1, 1]}', 'settings_invalid'],
    ['a spacing too fine', half, 'interpolation: {spacing: [0.001, 0.001, 0.001]}', 'settings_invalid'],
    ['a range upside down', half, 'resegmentation: {range: [9, 1]}', 'settings_invalid'],
    ['an unknown key', half, 'discretization: {bins: 8}', 'settings_invalid'],
  ])('%s', (_, mask, settings, kind) => {
    const { status, stdout, stderr } = extract(mask, settings);
    expect(status).toBe(3);
    const { refused } = JSON.parse(stdout);
    expect(refused[0].kind).toBe(kind);
    expect(refused[0].message.length).toBeGreaterThan(30);
    expect(stderr).toContain(refused[0].message);
  });
});

describe('several regions in one run', () => {
  const labels = file('labels.nii.gz', ([x]) => (x < 3 ? 1 : x < 6 ? 2 : x < 9 ? 3 : 0), { labels: true });
  const all = extract(labels).json as unknown as Table[];
  const names = all.map((t) => t.mask.name);

  it('all are measured when none is named', () => {
    expect(names).toHaveLength(3);
    expect(new Set(names).size).toBe(3);
  });

  it('those that are named, in the order asked for, with the values of a run alone', () => {
    const some = extract(labels, undefined, ['--region', names[2], '--region', names[0]])
      .json as unknown as Table[];
    expect(some.map((t) => t.mask.name)).toEqual([names[2], names[0]]);
    const alone = extract(labels, undefined, ['--region', names[0]]).json;
    expect(alone.features).toEqual(some[1].features);
  });

  it('do not depend on the numbers of the labels', () => {
    const other = file('relabelled.nii.gz', ([x]) => (x < 3 ? 9 : x < 6 ? 200 : x < 9 ? 4 : 0), {
      labels: true,
    });
    // Label maps list their regions by number: 4, 9, 200 are what were 3, 1, 2.
    const [third, first, second] = extract(other).json as unknown as Table[];
    expect([first, second, third].map((t) => t.features)).toEqual(all.map((t) => t.features));
    expect(first.features).not.toEqual(second.features);
  });

  it('a name that is not there ends with 2 and says which are', () => {
    const { status, stdout, stderr } = extract(labels, undefined, [
      '--region',
      names[0],
      '--region',
      'liver',
    ]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`no region named liver; there are: ${names.join(', ')}`);
  });
});
