import { describe, expect, it } from 'vitest';
import type { RefusedInput } from '../../core/refusal.ts';
import type { OtherSeries } from './context.ts';
import { Headers } from './headers.ts';
import { compareProtocols, fingerprint } from './protocol.ts';
import { PROTOCOL_TAGS, SETTINGS, settingsOf } from './protocol-settings.ts';
import { protocolTable } from './protocol-table.ts';
import { asSeries, referenceFromJson, referenceOf, referenceToJson } from './reference-protocol.ts';

const CT: Readonly<Record<string, string>> = {
  '00080060': 'CT',
  '00181210': 'B30f',
  '00180060': '120',
  '00180050': '2.0',
  '00280030': '0.7\\0.7',
  '00189315': 'FILTER_BACK_PROJ',
  '00185100': 'FFS',
  '00080070': 'Maker',
  '00100010': 'Person^Secret',
  '00081030': 'Secret study',
};
const MR: Readonly<Record<string, string>> = {
  '00080060': 'MR',
  '00180020': 'GR',
  '00180021': 'SP\\OSP',
  '00180023': '3D',
  '00180050': '3',
  '00280030': '1\\1',
  '00180080': '5',
  '00180081': '2',
  '00181314': '20',
  '00180087': '1.5',
};

/** A series with these attributes; an array gives planes that differ. */
function series(tags: Readonly<Record<string, string | readonly string[]>>, uid = '1.2.3'): OtherSeries {
  const columns = Object.entries(tags).map(([tag, v]) => [tag, { values: typeof v === 'string' ? [v] : v }]);
  const made = asSeries({ name: 'Secret name', modality: String(tags['00080060']), settings: {} }).series;
  return {
    series: { ...made, uid },
    headers: new Headers({ planes: 1, columns: Object.fromEntries(columns) as never }),
  };
}

describe('two protocols', () => {
  it('are the same as themselves', () => {
    expect(compareProtocols(series(CT), series(CT))).toEqual([]);
    expect(compareProtocols(series(MR), series(MR))).toEqual([]);
  });

  // One changed tag each: the first value is just within the tolerance, the second beyond it.
  it.each([
    [CT, '00180060', null, '100', 'soft'],
    [CT, '00180050', '2.2', '2.21', 'soft'],
    [CT, '00280030', '0.77\\0.7', '0.78\\0.7', 'soft'],
    [CT, '00181210', null, 'B70f', 'hard'],
    [CT, '00189315', null, 'ITERATIVE', 'told'],
    [CT, '00080070', null, 'Another', 'told'],
    [MR, '00180020', null, 'SE', 'hard'],
    [MR, '00180021', null, 'SP', 'hard'],
    [MR, '00180023', null, '2D', 'hard'],
    [MR, '00180080', '5.5', '5.6', 'soft'],
    [MR, '00180081', '1.8', '1.7', 'soft'],
    [MR, '00181314', '22', '22.1', 'soft'],
    [MR, '00180087', '1.494', '3', 'soft'],
  ] as const)('%#: %s', (base, tag, within, beyond, kind) => {
    if (within !== null)
      expect(compareProtocols(series({ ...base, [tag]: within }), series(base))).toEqual([]);
    const found = compareProtocols(series({ ...base, [tag]: beyond }), series(base));
    expect(found.map((d) => [d.tag, d.kind])).toEqual([[tag, kind]]);
  });

  it('differ when one of them has a further value on some planes', () => {
    const mixed = series({ ...CT, '00181210': ['B30f', 'B70f'] });
    expect(compareProtocols(mixed, series(CT)).map((d) => d.here)).toEqual(['B30f, B70f']);
    expect(compareProtocols(series(CT), mixed).map((d) => d.there)).toEqual(['B30f, B70f']);
  });

  it('do not differ in what one of them is silent about', () => {
    const { '00181210': _, ...silent } = CT;
    expect(compareProtocols(series(silent), series(CT))).toEqual([]);
  });
});

describe('names of settings', () => {
  it('are there in three languages, once a tag', () => {
    expect(new Set(PROTOCOL_TAGS).size).toBe(SETTINGS.length);
    for (const { label } of SETTINGS)
      expect(Object.values(label).every((text) => text.trim() !== '')).toBe(true);
  });

  it('go with the values as a person reads them', () => {
    const shown = fingerprint(series(CT)).map((s) => [s.label.en, s.name, s.value]);
    expect(shown).toContainEqual(['Pixel size', 'PixelSpacing', '0.7 × 0.7 mm']);
    expect(shown).toContainEqual(['Contrast agent', 'ContrastBolusAgent', '—']);
    expect(fingerprint(series(MR)).find((s) => s.name === 'SequenceVariant')?.value).toBe('SP / OSP');
  });
});

describe('a reference protocol', () => {
  const reference = referenceOf(series(CT), 'Chest');

  it('holds settings and nothing of the patient', () => {
    const text = referenceToJson(reference);
    expect(text).not.toMatch(/secret/i);
    expect(Object.keys(reference.settings).every((tag) => settingsOf('CT').some((s) => s.tag === tag))).toBe(
      true,
    );
  });

  it('comes back from its file as it was, byte for byte', () => {
    const text = referenceToJson(reference);
    expect(referenceFromJson(text)).toEqual(reference);
    expect(referenceToJson(referenceFromJson(text))).toBe(text);
  });

  const file = (change: object) => JSON.stringify({ ...JSON.parse(referenceToJson(reference)), ...change });
  const one = (tag: string, values: unknown) => file({ settings: [{ tag, values }] });
  it.each([
    ['no JSON', '{'],
    ['another kind', file({ kind: 'kinetex rule profile' })],
    ['no modality', file({ modality: 'ct <b>' })],
    ['a tag of the patient', one('00100010', ['Person'])],
    ['a tag of another modality', one('00180080', ['5'])],
    ['a value that is no text', one('00180060', [120])],
    ['an empty value', one('00180060', [''])],
    ['no list of values', one('00180060', '120')],
    ['a value without end', one('00181210', ['x'.repeat(2000)])],
    ['another modality than it says', one('00080060', ['MR'])],
    [
      'one tag twice',
      file({
        settings: [
          { tag: '00180060', values: ['1'] },
          { tag: '00180060', values: ['2'] },
        ],
      }),
    ],
  ])('is refused: %s', (_, text) => {
    let refusal: RefusedInput | undefined;
    try {
      referenceFromJson(text);
    } catch (error) {
      refusal = error as RefusedInput;
    }
    expect(refusal?.toRefusal('x.json')).toMatchObject({
      kind: 'settings_invalid',
      facts: { name: 'reference protocol' },
    });
  });

  it('stands in the place of a series for the rules that compare', () => {
    const { series: stood, columns } = asSeries(reference);
    expect(stood.spacing).toEqual([0.7, 0.7, 2]);
    expect(
      compareProtocols(series({ ...CT, '00181210': 'B70f' }), {
        series: stood,
        headers: new Headers(columns),
      }),
    ).toMatchObject([{ kind: 'hard', here: 'B70f', there: 'B30f' }]);
  });
});

describe('a study against a reference protocol', () => {
  it('has a line a series, coloured by the worst of its settings', () => {
    const { '00181210': _, ...silent } = CT;
    const all = [
      series(CT, 'same'),
      series({ ...CT, '00180050': '3' }, 'thick'),
      series({ ...CT, '00181210': 'B70f' }, 'sharp'),
      series(silent, 'silent'),
      series({ ...CT, '00080070': 'Another' }, 'elsewhere'),
      series(MR, 'mr'),
    ];
    const { columns, rows } = protocolTable(all, referenceOf(series(CT), 'Chest'));
    // What the reference does not state, such as the agent, is no column.
    expect(columns.map((c) => c.name)).toEqual([
      'Modality',
      'ConvolutionKernel',
      'KVP',
      'SliceThickness',
      'PixelSpacing',
      'ReconstructionAlgorithm',
      'PatientPosition',
      'Manufacturer',
    ]);
    expect(rows.map((r) => [r.series, r.verdict])).toEqual([
      ['same', 'pass'],
      ['thick', 'warn'],
      ['sharp', 'fail'],
      ['silent', 'na'],
      ['elsewhere', 'info'],
      ['mr', 'fail'],
    ]);
    expect(rows[1]!.cells.map((c) => c.severity)).toEqual(
      columns.map((c) => (c.name === 'SliceThickness' ? 'warn' : 'pass')),
    );
    expect(rows[5]!.cells[1]).toEqual({ value: '—', severity: 'na' });
  });
});
