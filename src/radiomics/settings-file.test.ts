import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RefusedInput } from '../core/refusal.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { parseSettings, serialiseSettings } from './settings-file.ts';

const refusal = (text: string): RefusedInput => {
  try {
    parseSettings(text);
  } catch (e) {
    if (e instanceof RefusedInput) return e;
    throw e;
  }
  throw new Error('not refused');
};
const example = (letter: string): string =>
  readFileSync(join(import.meta.dirname, `../../docs/settings/configuration-${letter}.yaml`), 'utf8');

describe('settings file', () => {
  test('an empty file means the defaults', () => {
    for (const text of ['', '# nothing\n', '{}'])
      expect(parseSettings(text).settings).toEqual(DEFAULT_SETTINGS);
  });

  test('a section left empty has its defaults', () => {
    expect(parseSettings('image:\ntexture:\ndiscretisation:\nivh:\ninterpolation:').settings).toEqual(
      DEFAULT_SETTINGS,
    );
  });

  test('reads the configurations of the documentation', () => {
    expect(parseSettings(example('a')).settings).toMatchObject({
      approach: '2D',
      image: { round_on_load: true },
      interpolation: null,
      resegmentation: { range: [-500, 400], outlier_sigma: null },
      discretisation: { method: 'FBS', width: 25 },
    });
    expect(parseSettings(example('b')).settings.interpolation).toEqual({
      spacing: [2, 2, null],
      image: 'linear',
      mask: 'linear',
      mask_threshold: 0.5,
      round: true,
    });
    expect(parseSettings(example('c')).settings.ivh).toEqual({ method: 'FBS', width: 2.5, bins: 1000 });
    expect(parseSettings(example('d')).settings.resegmentation).toEqual({ range: null, outlier_sigma: 3 });
    expect(parseSettings(example('e')).settings).toMatchObject({
      interpolation: { image: 'cubic', mask: 'linear' },
      resegmentation: { range: [-1000, 400], outlier_sigma: 3 },
      ivh: { method: 'FBN', bins: 1000 },
    });
  });

  test('an infinite bound is an open side', () => {
    expect(parseSettings('resegmentation: {range: [0, .inf]}').settings.resegmentation.range).toEqual([
      0,
      null,
    ]);
  });

  test('writes what it reads', () => {
    for (const letter of ['a', 'b', 'c', 'd', 'e']) {
      const { settings } = parseSettings(example(letter));
      expect(parseSettings(serialiseSettings(settings)).settings).toEqual(settings);
    }
  });

  test.each([
    ['aproach: 3D', 'aproach', 'approach'],
    ['texture: {distnce: 2}', 'texture.distnce', 'distance'],
    ['interpolation: {spacing: [1, 1, 1], images: linear}', 'interpolation.images', 'mask_threshold'],
    ['interpolation: {spaceing: [1, 1, 1]}', 'interpolation.spaceing', 'spacing'],
    ['discretisation: {method: FBS, bins: 32}', 'discretisation.method', 'FBN beside bins'],
    ['discretisation: {method: FBN, width: 25}', 'discretisation.method', 'FBS beside width'],
    ['approach: 4D', 'approach', '"3D"'],
    ['discretisation: {method: FBN, bins: 0}', 'discretisation.bins', '65535'],
    ['discretisation: {method: FBS, width: -1}', 'discretisation.width', 'above 0'],
    ['resegmentation: {range: [5, 1]}', 'resegmentation.range', 'lower'],
    ['interpolation: {spacing: [2, 2]}', 'interpolation.spacing', ''],
    ['interpolation: {spacing: [0, 2, 2]}', 'interpolation.spacing[0]', 'mm'],
    ['interpolation: {spacing: [.nan, 2, 2]}', 'interpolation.spacing', ''],
    ['texture: {distance: 1.5}', 'texture.distance', 'whole'],
    ['ivh: {method: FBN, bins: 1}', 'ivh.bins', 'from 2'],
    ['filters: [{filter: log}]', 'filters', 'no filters'],
    ['families: []', 'families', 'at least one'],
    ['aggregations: []', 'aggregations', 'at least one'],
    ['- 1', 'file', 'keys and values'],
    ['a: [', 'line', 'YAML'],
    ['__proto__: {approach: 2D}', '', ''],
  ])('refuses %s and names the key', (text, key, expected) => {
    const { kind, facts } = refusal(text);
    expect(kind).toBe('settings_invalid');
    expect(String(facts['key'])).toContain(key);
    expect(String(facts['expected'])).toContain(expected);
  });

  test('a key that must be there is named as missing, not as unknown', () => {
    expect(refusal('interpolation: {image: linear}').facts).toEqual({
      key: 'interpolation.spacing',
      expected: '"spacing"',
      received: 'nothing',
    });
  });

  test('a size alone tells its method', () => {
    expect(parseSettings('discretisation: {width: 25}').settings.discretisation).toMatchObject({
      method: 'FBS',
      width: 25,
    });
    expect(
      parseSettings('profile: pyradiomics\ndiscretisation: {bins: 32}').settings.discretisation,
    ).toMatchObject({
      method: 'FBN',
      bins: 32,
    });
    expect(parseSettings('ivh: {bins: 500}').settings.ivh).toMatchObject({ method: 'FBN', bins: 500 });
  });

  test('sizes of both methods, or of a method switched off, are no contradiction', () => {
    for (const text of ['discretisation: {bins: 8}', 'discretisation: {method: FBS, bins: 8, width: 5}'])
      expect(parseSettings(text).notes).toEqual([]);
    expect(parseSettings('ivh: {method: none, bins: 50}').settings.ivh.method).toBe('none');
  });

  test('aggregations that the approach has not are said', () => {
    const { notes } = parseSettings('aggregations: ["3D:avg", "2D:mrg", "2.5D"]');
    expect(notes.map((n) => n.text.en)).toEqual([
      'The 3D approach has no 2D:mrg, 2.5D: these features stay empty, with that reason.',
    ]);
    expect(parseSettings('approach: 2D\naggregations: ["2D:avg", "2.5D"]').notes).toEqual([]);
  });

  test('aliases cannot blow up', () => {
    const bomb = ['a: &a [1,1,1,1,1,1,1,1,1,1]'];
    for (let i = 1; i < 9; i++) {
      const before = String.fromCharCode(96 + i);
      bomb.push(
        `${String.fromCharCode(97 + i)}: &${String.fromCharCode(97 + i)} [${Array(10).fill(`*${before}`).join()}]`,
      );
    }
    expect(refusal(bomb.join('\n')).kind).toBe('settings_invalid');
  });
});

describe('pyradiomics parameter file', () => {
  const text = `
imageType: {Original: {}, LoG: {sigma: [2.0]}}
featureClass: {shape: null, firstorder: [], glcm: [Contrast], shape2D: null}
setting:
  binWidth: 10
  resampledPixelSpacing: [2, 2, 0]
  interpolator: sitkLinear
  resegmentRange: [-3, 3]
  resegmentMode: sigma
  weightingNorm: infinity
  normalize: true
  label: 1
`;
  test('selects the profile of the same name', () => {
    const { settings, notes } = parseSettings(text);
    expect(settings).toMatchObject({
      profile: 'pyradiomics',
      approach: '3D',
      interpolation: { spacing: [2, 2, null], image: 'linear', mask: 'nearest', round: false },
      resegmentation: { range: [-3, 3], outlier_sigma: null },
      discretisation: { method: 'FBS', width: 10 },
      texture: { distance_weighting: 'chebyshev', glcm_symmetric: true },
      pyradiomics: {
        features: { shape: null, firstorder: null, glcm: ['Contrast'], shape2D: null },
        normalize: true,
        resegment_mode: 'sigma',
        merge_angles: false,
      },
    });
    expect(notes.map((n) => n.key)).toEqual(['imageType.LoG']);
    expect(parseSettings(serialiseSettings(settings)).settings).toEqual(settings);
  });

  test('every setting of the profile is taken over', () => {
    const file = `
setting:
  binCount: 16
  force2D: true
  force2Ddimension: 2
  distances: [1, 3]
  gldm_a: 2
  weightingNorm: no_weighting
  symmetricalGLCM: false
  normalize: true
  normalizeScale: 100
  removeOutliers: 3
  resegmentRange: [0.9, 0.2]
  resegmentMode: relative
  resegmentShape: true
  voxelArrayShift: 300
`;
    expect(parseSettings(file)).toMatchObject({
      notes: [],
      settings: {
        approach: '2D',
        resegmentation: { range: [0.2, 0.9] },
        discretisation: { method: 'FBN', bins: 16 },
        texture: { ngldm_alpha: 2, distance_weighting: 'none', glcm_symmetric: false },
        pyradiomics: {
          features: null,
          normalize: true,
          normalize_scale: 100,
          remove_outliers: 3,
          resegment_mode: 'relative',
          resegment_shape: true,
          voxel_array_shift: 300,
          force2d_dimension: 2,
          distances: [1, 3],
          merge_angles: true,
        },
      },
    });
  });

  test('what the original does not have is named', () => {
    const { notes, settings } = parseSettings(
      'featureClass: {glcm: [Contrast, Dissimilarity], vesselness: null}\nsetting: {binWidths: 3, label: 2}',
    );
    expect(notes.map((n) => n.key)).toEqual([
      'setting.label',
      'featureClass.vesselness',
      'featureClass.glcm.Dissimilarity',
      'setting.binWidths',
    ]);
    expect(settings.pyradiomics.features).toEqual({ glcm: ['Contrast'] });
  });

  test('our own keys select the profile too, with its defaults', () => {
    const { settings } = parseSettings('profile: pyradiomics\ninterpolation: {spacing: [1, 1, 1]}');
    expect(settings).toMatchObject({
      profile: 'pyradiomics',
      discretisation: { method: 'FBS', width: 25 },
      interpolation: { image: 'cubic', mask: 'nearest' },
    });
  });

  describe('with profile: ibsi', () => {
    const { settings, notes } = parseSettings(`profile: ibsi${text}`);

    test('is translated to the IBSI path', () => {
      expect(settings).toMatchObject({
        profile: 'ibsi',
        approach: '3D',
        interpolation: { spacing: [2, 2, null], image: 'linear', mask: 'nearest', round: false },
        resegmentation: { range: null, outlier_sigma: 3 },
        discretisation: { method: 'FBS', width: 10 },
        texture: { distance_weighting: 'chebyshev', distance: 1, glcm_symmetric: true },
        families: ['morphology', 'intensity_statistics', 'intensity_histogram', 'glcm'],
      });
    });

    test('names what has no equivalent, and nothing that has', () => {
      const keys = notes.map((n) => n.key);
      expect(keys).toEqual(
        expect.arrayContaining([
          'imageType.LoG',
          'featureClass.shape2D',
          'setting.normalize',
          'setting.binWidth',
        ]),
      );
      expect(keys).not.toContain('setting.label');
      expect(keys).not.toContain('setting.weightingNorm');
    });
  });

  test('a wrong value is refused', () => {
    expect(refusal('setting: {binWidth: wide}').facts['key']).toBe('setting.binWidth');
    expect(refusal('setting: {}\nprofile: mine').facts['key']).toBe('profile');
    expect(refusal('setting: {distances: 1}').facts['key']).toBe('setting.distances');
    expect(refusal('setting: {force2Ddimension: 3}').facts['key']).toBe('setting.force2Ddimension');
    expect(refusal('setting: {resegmentMode: often}').facts['key']).toBe('setting.resegmentMode');
  });
});
