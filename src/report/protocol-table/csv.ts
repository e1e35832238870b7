import type { ProtocolTable } from '../../quality/rules/protocol-table.ts';
import { csvText } from '../feature-table/csv.ts';

/**
 * A table of protocols as comma-separated values: a line for the reference, then one a series in the order of the study,
 * each setting under its DICOM keyword with its outcome beside it. Descriptions and UIDs of the series, which may name a
 * person, are written when they are asked for.
 */
export function protocolCsv({ reference, columns, rows }: ProtocolTable, { named = false } = {}): string {
  const head = [
    'series',
    ...(named ? ['description', 'uid'] : []),
    'modality',
    'verdict',
    ...columns.flatMap((c) => [c.name, `${c.name} outcome`]),
  ];
  const first = [
    `reference: ${reference.name}`,
    ...(named ? ['', ''] : []),
    reference.modality,
    '',
    ...columns.flatMap((c) => [c.reference, '']),
  ];
  const lines = rows.map((r, at) => [
    String(at + 1),
    ...(named ? [r.description, r.series] : []),
    r.modality,
    r.verdict,
    ...r.cells.flatMap((c) => [c.value, c.severity]),
  ]);
  return [head, first, ...lines].map((cells) => cells.map(csvText).join(',') + '\r\n').join('');
}
