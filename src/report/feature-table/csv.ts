/** One line of an exported feature table; `value` null prints as an empty cell with its reason beside it. */
export interface ExportRow {
  readonly region: string;
  readonly column: string;
  readonly ibsi: string;
  readonly family: string;
  readonly aggregation: string;
  readonly value: number | null;
  readonly unit: string;
  readonly reason: string;
  /** SHA-256 of the settings, and of the result of the quality rules; empty when nobody asked them. */
  readonly settingsHash: string;
  readonly qcHash: string;
  /** What the quality rules said about the numbers; `not judged` when nobody asked them. */
  readonly verdict?: string;
}

const HEAD = [
  'region',
  'feature',
  'ibsi',
  'family',
  'aggregation',
  'value',
  'unit',
  'reason',
  'settings_hash',
  'qc_hash',
  'verdict',
] as const;

/** A cell of text: quoted where a comma, semicolon, quote or line end needs it, and never the start of a formula. */
export function csvText(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /["\n\r,;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Comma-separated values after RFC 4180; with `decimalComma`, semicolons and decimal commas, as spreadsheets in
 * most of Europe read. Numbers carry 17 significant digits at most, so that they read back bit-equal. A text that a
 * spreadsheet would take for a formula (= + - @, tab, return) is led by an apostrophe.
 */
export function featureCsv(rows: readonly ExportRow[], { decimalComma = false } = {}): string {
  const separator = decimalComma ? ';' : ',';
  const number = (value: number | null): string => {
    if (value === null) return '';
    return decimalComma ? String(value).replace('.', ',') : String(value);
  };
  const lines = rows.map((r) =>
    [
      csvText(r.region),
      csvText(r.column),
      csvText(r.ibsi),
      csvText(r.family),
      csvText(r.aggregation),
      number(r.value),
      csvText(r.unit),
      csvText(r.reason),
      csvText(r.settingsHash),
      csvText(r.qcHash),
      csvText(r.verdict ?? 'not judged'),
    ].join(separator),
  );
  return [HEAD.join(separator), ...lines, ''].join('\r\n');
}
