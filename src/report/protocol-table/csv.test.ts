import { expect, it } from 'vitest';
import type { ProtocolTable } from '../../quality/rules/protocol-table.ts';
import { protocolCsv } from './csv.ts';

const same = (text: string) => ({ en: text, ru: text, zh: text });
const TABLE: ProtocolTable = {
  reference: { name: 'Chest', modality: 'CT' },
  columns: [
    { tag: '00181210', name: 'ConvolutionKernel', label: same('Kernel'), reference: 'B30f' },
    { tag: '00180050', name: 'SliceThickness', label: same('Slice thickness'), reference: '2 mm' },
  ],
  rows: [
    {
      series: '1.2.3',
      modality: 'CT',
      description: '=Secret, chest',
      cells: [
        { value: 'B70f', severity: 'fail' },
        { value: '2 mm', severity: 'pass' },
      ],
      verdict: 'fail',
    },
  ],
};

it('writes a line for the reference and one a series, without names', () => {
  expect(protocolCsv(TABLE)).toBe(
    'series,modality,verdict,ConvolutionKernel,ConvolutionKernel outcome,SliceThickness,SliceThickness outcome\r\n' +
      'reference: Chest,CT,,B30f,,2 mm,\r\n' +
      '1,CT,fail,B70f,fail,2 mm,pass\r\n',
  );
});

it('names the series when it is asked to', () => {
  expect(protocolCsv(TABLE, { named: true }).split('\r\n')[2]).toBe(
    `1,"'=Secret, chest",1.2.3,CT,fail,B70f,fail,2 mm,pass`,
  );
});
