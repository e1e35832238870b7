import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../src/engine/node.ts';
import type { Engine, Study } from '../../src/engine/api.ts';
import type { KineticMap } from '../../src/engine/kinetics/request.ts';
import type { Verdict } from '../../src/quality/gate.ts';
import { DEFAULT_SETTINGS } from '../../src/radiomics/settings.ts';

const VALIDATOR = process.env.DCIODVFY ?? 'dciodvfy';
const PYTHON = process.env.INTEROPERABILITY_PYTHON ?? 'python3';
const works = (command: string, ...args: string[]) => spawnSync(command, args).error === undefined;
const HAS_VALIDATOR = works(VALIDATOR, '-version');
const HAS_READERS = spawnSync(PYTHON, ['-c', 'import pydicom, highdicom, SimpleITK']).status === 0;

if (!HAS_VALIDATOR)
  console.warn('SKIPPED: no dciodvfy (Debian: dicom3tools), so exports are not validated here.');
if (!HAS_READERS)
  console.warn(
    'SKIPPED: no Python with pydicom, highdicom and SimpleITK (INTEROPERABILITY_PYTHON), so exports are not read by them here.',
  );

const VERDICT: Verdict = {
  severity: 'fail',
  profile: 'built-in',
  rules: [{ id: 'G-06', severity: 'fail' }],
  notAssessable: [],
  qcHash: 'a1'.repeat(32),
  override: { reason: 'checked by eye', role: 'physicist' },
};

let engine: Engine;
let study: Study;
let series: string;
let regions: string[];
let map: KineticMap;
const folders: Record<string, string> = {};
const out = mkdtempSync(join(tmpdir(), 'kinetex-exports-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** The CT of the sample study and its regions, in every format, with and without identity. */
beforeAll(async () => {
  engine = createNodeEngine();
  study = await engine.openSample();
  const ct = study.series.find((s) => s.modality === 'CT')!;
  series = ct.uid;
  regions = study.regions.filter((r) => r.frameOfReference === ct.frameOfReference).map((r) => r.id);
  const save = (name: string, files: readonly { name: string; bytes: Uint8Array }[]) => {
    folders[name] = mkdtempSync(join(out, `${name}-`));
    for (const f of files) writeFileSync(join(folders[name], f.name), f.bytes);
  };
  const table = await engine.extract({ study, series, region: regions[0], settings: DEFAULT_SETTINGS });
  for (const identified of [false, true]) {
    for (const format of ['seg', 'rtstruct', 'nifti', 'nrrd'] as const) {
      const made = await engine.exportRegions(study, regions, format, { series, identified });
      save(`${format}${identified ? ' identified' : ''}`, made.files);
    }
    const measured = [{ region: regions[0], table, verdict: VERDICT }];
    const made = await engine.exportReport(study, measured, { series, identified });
    save(`sr${identified ? ' identified' : ''}`, made.files);
  }
  const dynamic = study.series.find((s) => s.size[3] > 1)!;
  const shapes = await engine.curveShapes({
    study,
    series: dynamic.uid,
    region: null,
    settings: { baselineFrames: null, early: null, late: null },
  });
  [map] = shapes.maps;
  for (const identified of [false, true]) {
    const bytes = await engine.mapAsDicom(study, map, shapes, { verdict: VERDICT, identified });
    save(`map${identified ? ' identified' : ''}`, [{ name: 'map.dcm', bytes }]);
  }
}, 240_000);

it('a structured report says what the rules said', () => {
  const text = readFileSync(join(folders.sr, 'measurements.dcm')).toString('latin1');
  expect(text).toContain('fail; G-06 fail; profile built-in; override: checked by eye (physicist)');
  expect(text).toContain(`qc_hash: "${VERDICT.qcHash}"`);
  expect(text).toMatch(/settings_hash: "[0-9a-f]{64}"/);
});

it('a parametric map says so too', () => {
  const text = readFileSync(join(folders.map, 'map.dcm')).toString('latin1');
  expect(text).toMatch(
    /settings_hash [0-9a-f]{64}; qc_hash (?:a1){32}; quality rules: fail; G-06 fail; profile built-in; override: checked by eye \(physicist\)/,
  );
  expect(text).toContain(', quality rules: fail overridden, curve shape');
});

describe.skipIf(!HAS_VALIDATOR)('dciodvfy finds no error', () => {
  it.each([
    ['seg', 'segmentation.dcm'],
    ['seg identified', 'segmentation.dcm'],
    ['rtstruct', 'structures.dcm'],
    ['rtstruct identified', 'structures.dcm'],
    ['sr', 'measurements.dcm'],
    ['sr identified', 'measurements.dcm'],
    ['map', 'map.dcm'],
    ['map identified', 'map.dcm'],
  ])('%s', (folder, file) => {
    const { stdout, stderr } = spawnSync(VALIDATOR, [join(folders[folder], file)], { encoding: 'utf8' });
    const said = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
    // It names the object that it took the file for; what identifies is missing where nothing should.
    expect(said.join('\n')).toMatch(/^(Segmentation|RTStructureSet|Comprehensive3DSR|ParametricMap)$/m);
    expect(said.filter((line) => /^(Error|Abort)/.test(line))).toEqual([]);
    // A DICOMDIR is not made; a map knows no body part and so no side; our own quantities have our own codes.
    const known = /needed to build DICOMDIR|empty when actually unknown|defined term <99KINETEX>/;
    const rest = said.filter((line) => /^Warning/.test(line) && !known.test(line));
    expect(rest).toEqual([]);
  });
});

describe.skipIf(!HAS_READERS)('pydicom, highdicom and SimpleITK read the same regions', () => {
  const seen = (folder: string) => {
    const script = join(import.meta.dirname, 'readers.py');
    const { stdout, stderr, status } = spawnSync(PYTHON, [script, folders[folder]], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    return JSON.parse(stdout);
  };
  const voxels = async () => {
    const counts = [];
    for (const id of regions) counts.push((await engine.placeRegion(study, id, series)).voxels);
    return counts;
  };

  it('SEG, NIfTI and NRRD: voxel for voxel', async () => {
    const { segments, sources, preamble } = seen('seg')['segmentation.dcm'];
    const counts = await voxels();
    expect(segments.map((s: { voxels: number }) => s.voxels)).toEqual(counts);
    expect([sources > 0, preamble]).toEqual([true, 128]);
    const nrrd = seen('nrrd')['regions.seg.nrrd'];
    expect(nrrd.voxels['1']).toBe(counts[0]);
    // Both tell the same voxels: highdicom gives the slices that have any, so the rest is cut from the other too.
    expect(nrrd.occupied['1']).toBe(segments[0].digest);
    const names = study.regions.filter((r) => regions.includes(r.id)).map((r) => r.name);
    expect(segments.map((s: { label: string }) => s.label)).toEqual(names);
    expect(Object.values(nrrd.names)).toEqual(names);
  });

  it('RTSTRUCT: every region with all its points', () => {
    const rois = seen('rtstruct')['structures.dcm'];
    expect(rois).toHaveLength(regions.length);
    for (const roi of rois) expect([roi.broken, roi.points > 2 * roi.contours]).toEqual([0, true]);
  });

  it('SR: the numbers of the table, under their codes and units', () => {
    const [group] = seen('sr')['measurements.dcm'];
    const { measurements } = group;
    expect([group.segment, group.finding]).toEqual([1, '85756007']);
    expect(measurements.length).toBeGreaterThan(100);
    expect(measurements.every((m: { scheme: string }) => m.scheme === 'IBSI')).toBe(true);
    const volume = measurements.find((m: { code: string }) => m.code === 'RNU0');
    expect(volume).toMatchObject({ unit: 'mm3' });
    expect(volume.value).toBeGreaterThan(0);
  });

  it('Parametric Map: every value of the map, with its unit', () => {
    const { values, mean, unit, frames } = seen('map')['map.dcm'];
    const given = [...map.volume.data].filter(Number.isFinite);
    expect([frames, values]).toEqual([map.volume.grid.size[2], given.length]);
    expect(mean).toBeCloseTo(given.reduce((a, b) => a + b, 0) / given.length, 6);
    expect(unit).toBe(map.unit);
  });
});
