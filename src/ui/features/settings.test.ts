import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type ExtractionSettings } from '../../radiomics/settings.ts';
import { checkSettings } from './check.ts';
import { DEFAULT_PRESET, presetOf, PRESETS, sameSettings } from './presets.ts';
import { settingsLines } from './settings-lines.ts';

const errors = (s: ExtractionSettings, unit = 'HU') =>
  checkSettings(s, unit)
    .filter((r) => r.level === 'error')
    .map((r) => r.field);

describe('presets', () => {
  it('the standard one is the default of the engine', () => {
    expect(DEFAULT_PRESET.settings).toEqual(DEFAULT_SETTINGS);
  });

  // The table of SPEC §6.2, row by row.
  it.each([
    ['ibsi-A', '2D', null, [-500, 400], null, 'FBS', 'none'],
    ['ibsi-B', '2D', 'linear', [-500, 400], null, 'FBN', 'none'],
    ['ibsi-C', '3D', 'linear', [-1000, 400], null, 'FBS', 'FBS'],
    ['ibsi-D', '3D', 'linear', null, 3, 'FBN', 'none'],
    ['ibsi-E', '3D', 'cubic', [-1000, 400], 3, 'FBN', 'FBN'],
  ])('%s is as the IBSI manual says', (id, approach, kernel, range, sigma, method, ivh) => {
    const s = PRESETS.find((p) => p.id === id)!.settings;
    expect([
      s.approach,
      s.interpolation?.image ?? null,
      s.resegmentation.range,
      s.resegmentation.outlier_sigma,
      s.discretisation.method,
      s.ivh.method,
    ]).toEqual([approach, kernel, range, sigma, method, ivh]);
    if (s.interpolation) {
      expect(s.interpolation.spacing).toEqual(approach === '2D' ? [2, 2, null] : [2, 2, 2]);
      expect([s.interpolation.mask, s.interpolation.mask_threshold, s.interpolation.round]).toEqual([
        'linear',
        0.5,
        true,
      ]);
    }
    expect(s.discretisation).toMatchObject(method === 'FBN' ? { bins: 32 } : { width: 25 });
  });

  it('are found again whatever the order of keys, and lost by a change', () => {
    const { texture, ...rest } = PRESETS[2].settings;
    expect(presetOf({ texture, ...rest })).toBe('ibsi-A');
    expect(presetOf({ ...rest, texture: { ...texture, distance: 2 } })).toBeNull();
    expect(sameSettings(PRESETS[0].settings, PRESETS[1].settings)).toBe(false);
  });

  it('are all different and all valid', () => {
    expect(new Set(PRESETS.map((p) => presetOf(p.settings))).size).toBe(PRESETS.length);
    for (const { settings } of PRESETS) expect(errors(settings)).toEqual([]);
  });
});

describe('the check of settings', () => {
  const s: ExtractionSettings = DEFAULT_SETTINGS;
  it('refuses what cannot be computed', () => {
    expect(errors({ ...s, discretisation: { method: 'FBN', bins: 1, width: 25 } })).toEqual(['bins']);
    expect(errors({ ...s, discretisation: { method: 'FBN', bins: 32.5, width: 25 } })).toEqual(['bins']);
    expect(errors({ ...s, discretisation: { method: 'FBS', bins: 32, width: 0 } })).toEqual(['width']);
    expect(errors({ ...s, discretisation: { method: 'FBS', bins: 32, width: NaN } })).toEqual(['width']);
    expect(errors({ ...s, resegmentation: { range: [400, -500], outlier_sigma: null } })).toEqual(['range']);
    expect(errors({ ...s, resegmentation: { range: [NaN, 1], outlier_sigma: null } })).toEqual(['range']);
    expect(errors({ ...s, resegmentation: { range: null, outlier_sigma: -3 } })).toEqual(['outlier']);
    const interpolation = { image: 'linear', mask: 'linear', mask_threshold: 0.5, round: false } as const;
    expect(errors({ ...s, interpolation: { ...interpolation, spacing: [0, 2, 2] } })).toEqual(['spacing']);
    expect(errors({ ...s, interpolation: { ...interpolation, spacing: [2, NaN, 2] } })).toEqual(['spacing']);
    expect(errors({ ...s, interpolation: { ...interpolation, spacing: [2, 2, null] } })).toEqual([]);
    expect(
      errors({ ...s, interpolation: { ...interpolation, spacing: [2, 2, 2], mask_threshold: 0 } }),
    ).toEqual(['mask_threshold']);
    expect(errors({ ...s, families: [] })).toEqual(['families']);
    expect(errors({ ...s, texture: { ...s.texture, distance: 1.5 } })).toEqual(['distance']);
  });

  it('leaves fields alone that the method does not use', () => {
    expect(errors({ ...s, discretisation: { method: 'FBN', bins: 32, width: NaN } })).toEqual([]);
    expect(errors({ ...s, discretisation: { method: 'none', bins: NaN, width: NaN } })).toEqual([]);
  });

  it('cautions about bins that cannot be compared', () => {
    const fbs: ExtractionSettings = { ...s, discretisation: { method: 'FBS', bins: 32, width: 25 } };
    expect(checkSettings(fbs, 'arbitrary').map((r) => r.key)).toEqual(['check.fbsArbitrary']);
    expect(checkSettings(fbs, 'HU').map((r) => r.key)).toEqual(['check.fbsNoRange']);
    expect(
      checkSettings({ ...fbs, resegmentation: { range: [-500, 400], outlier_sigma: null } }, 'HU'),
    ).toEqual([]);
  });
});

it('settings are listed in the words of the settings files', () => {
  const lines = new Map(
    settingsLines({ ...DEFAULT_SETTINGS, resegmentation: { range: [-500, null], outlier_sigma: 3 } }),
  );
  expect(lines.get('discretisation.bins')).toBe('32');
  expect(lines.get('resegmentation.range')).toBe('[-500, null]');
  expect(lines.get('interpolation')).toBe('null');
});
