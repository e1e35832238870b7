import type { FeatureRow } from '../../engine/api.ts';
import type { FamilyDescription, FeatureDefinition } from '../../radiomics/family.ts';
import { exactNumber } from '../i18n/numbers.ts';

export type Column = 'name' | 'ibsi' | 'aggregation' | 'value' | 'unit';

export interface Wish {
  query: string;
  /** Family id, or '' for all. */
  family: string;
  aggregation: string;
}

export interface Order {
  readonly column: Column;
  readonly ascending: boolean;
}

/** What the person sees of a table: filters, order and the row under the keyboard. */
export interface ListView extends Wish {
  order: Order | null;
  active: number;
}

/** Rows that hold every word of the query in name, code, tag or family, and lie in the wished family and aggregation. */
export function filterRows(
  rows: readonly FeatureRow[],
  { query, family, aggregation }: Readonly<Wish>,
): FeatureRow[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (family !== '' && row.family !== family) return false;
    if (aggregation !== '' && row.aggregation !== aggregation) return false;
    const text = `${row.name} ${row.ibsi} ${row.tag} ${row.family} ${row.column}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Sorted copy; equal rows keep their order, absent values come last whichever way. */
export function sortRows(rows: readonly FeatureRow[], order: Order | null): readonly FeatureRow[] {
  if (order === null) return rows;
  const { column, ascending } = order;
  const sign = ascending ? 1 : -1;
  return [...rows].sort((a, b) => {
    if (column === 'value') {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return sign * (a.value - b.value);
    }
    return sign * (a[column] < b[column] ? -1 : a[column] > b[column] ? 1 : 0);
  });
}

/** Rows for the clipboard: tab-separated with full precision, as spreadsheets take them; `said` ends each of them. */
export function toTsv(
  head: readonly string[],
  rows: readonly FeatureRow[],
  comma: boolean,
  said: readonly string[] = [],
): string {
  const lines = rows.map((r) => [
    r.name,
    r.ibsi,
    r.tag,
    r.aggregation,
    r.value === null ? '' : exactNumber(r.value, comma),
    r.unit,
    ...said,
  ]);
  return [head, ...lines].map((cells) => cells.map(cell).join('\t')).join('\n');
}

/** No tab, no line break, and no text that a spreadsheet would take for a formula. */
function cell(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, ' ');
  return /^[=+@]/.test(flat) || /^-\D/.test(flat) ? `'${flat}` : flat;
}

export interface Known {
  readonly family: FamilyDescription;
  readonly definition: FeatureDefinition;
}

/** Definitions by tag. */
export const definitionsByTag = (families: readonly FamilyDescription[]): ReadonlyMap<string, Known> =>
  new Map(
    families.flatMap((family) =>
      family.features.map((definition) => [definition.tag, { family, definition }]),
    ),
  );
