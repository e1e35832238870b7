import { describe, expect, it } from 'vitest';
import { featureCsv, type ExportRow } from './csv.ts';

const row = (over: Partial<ExportRow> = {}): ExportRow => ({
  region: 'GTV-1',
  column: 'cm_contrast',
  ibsi: 'ACUI',
  family: 'glcm',
  aggregation: '3D:mrg',
  value: 5.117647058823529,
  unit: '1',
  reason: '',
  settingsHash: '5e',
  qcHash: '9c',
  ...over,
});

describe('feature table as CSV', () => {
  it('keeps every digit of a number', () => {
    const cell = featureCsv([row()]).split('\r\n')[1].split(',')[5];
    expect(Number(cell)).toBe(5.117647058823529);
  });

  it('leaves the cell of an absent value empty and says why', () => {
    expect(featureCsv([row({ value: null, reason: 'flat_region' })])).toContain(',3D:mrg,,1,flat_region');
  });

  it('writes decimal commas with semicolons', () => {
    expect(featureCsv([row({ value: 0.5 })], { decimalComma: true })).toContain(';0,5;');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('never lets %j start a formula', (name) => {
    const cell = featureCsv([row({ region: name })]).slice(featureCsv([]).length);
    expect(cell.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('quotes separators, quotes and line breaks', () => {
    expect(featureCsv([row({ region: 'a "b", c\nd' })])).toContain('"a ""b"", c\nd"');
  });
});
