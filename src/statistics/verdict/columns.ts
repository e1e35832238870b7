import type { Localised } from '../../core/localised.ts';

/** A table of texts: header and rows. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Why a table of repeated measurements cannot be read. */
export type TableProblem =
  | 'empty'
  | 'withheld'
  | 'no_subject'
  | 'no_replicate'
  | 'no_feature'
  | 'unknown_column'
  | 'duplicate'
  | 'no_number';

export const TABLE_PROBLEM_TEXTS: Readonly<Record<TableProblem, Localised>> = {
  empty: {
    en: 'The table has no rows; the first line names the columns, each further line is one measurement.',
    ru: 'В таблице нет строк; первая строка — имена столбцов, каждая следующая — одно измерение.',
    zh: '表格没有数据行；第一行为列名，其后每行一次测量。',
  },
  withheld: {
    en: 'No number of the table may be used: a rule blocks every row ({rows}), and nobody gave a reason. Mend what the rule names, or make the numbers again with a reason and a role.',
    ru: 'Ни одно число таблицы использовать нельзя: правило блокирует все строки (их {rows}), и никто не назвал причину. Устраните то, на что указывает правило, или получите числа заново с причиной и ролью.',
    zh: '表中没有可用的数值：规则阻止了所有行（{rows}），且无人说明理由。请排除规则指出的问题，或附上理由和身份重新得出数值。',
  },
  no_subject: {
    en: 'There is no column "subject"; add one that says which subject each row belongs to.',
    ru: 'Нет столбца «subject»; добавьте столбец, указывающий объект каждой строки.',
    zh: '没有 "subject" 列；请添加该列以说明每行属于哪个受试者。',
  },
  no_replicate: {
    en: 'There is no column "replicate", "reader", "device" or "site"; add one that tells repeats apart.',
    ru: 'Нет столбца «replicate», «reader», «device» или «site»; добавьте столбец, различающий повторы.',
    zh: '没有 "replicate"、"reader"、"device" 或 "site" 列；请添加一列以区分重复测量。',
  },
  no_feature: {
    en: 'There is no column of numbers beside subject and replicate; add one column for each feature.',
    ru: 'Кроме объекта и повтора нет столбца чисел; добавьте по столбцу на признак.',
    zh: '除受试者和重复列外没有数值列；请为每个特征添加一列。',
  },
  unknown_column: {
    en: 'There is no column "{column}"; the columns are: {columns}.',
    ru: 'Нет столбца «{column}»; есть столбцы: {columns}.',
    zh: '没有 "{column}" 列；现有列：{columns}。',
  },
  duplicate: {
    en: 'Subject {subject} has two rows for {replicate}; number the repeats apart.',
    ru: 'У объекта {subject} две строки для {replicate}; пронумеруйте повторы по-разному.',
    zh: '受试者 {subject} 的 {replicate} 有两行；请区分编号。',
  },
  no_number: {
    en: 'Row {row} of the column "{column}" holds "{cell}", which is no finite number; correct the cell or leave it empty.',
    ru: 'В строке {row} столбца «{column}» стоит «{cell}»: это не конечное число; исправьте ячейку или оставьте её пустой.',
    zh: '"{column}" 列第 {row} 行为 "{cell}"，不是有限的数；请更正或留空。',
  },
};

/** Reads comma, semicolon or tab separated text with quotes; the separator is the one most used in the first line. */
export function readTable(text: string): TextTable {
  const [first = ''] = text.split(/\r?\n/, 1);
  const counts = [',', ';', '\t'].map((s) => [s, first.split(s).length] as const);
  const separator = counts.reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell.trim());
    if (row.some((c) => c !== '')) rows.push(row);
    row = [];
    cell = '';
  };
  const plain = text.replace(/^\uFEFF/, '');
  for (let i = 0; i < plain.length; i++) {
    const c = plain[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (plain[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === separator) {
      row.push(cell.trim());
      cell = '';
    } else if (c === '\n') endRow();
    else cell += c;
  }
  endRow();
  const [header = [], ...body] = rows;
  const decimalComma = separator !== ',';
  return {
    header,
    rows: decimalComma ? body.map((r) => r.map((v) => v.replace(/^(-?\d+),(\d+)/, '$1.$2'))) : body,
  };
}

/** A table as CSV that {@link readTable} reads back: commas, and quotes where a cell needs them. */
export const tableText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join()}\n`).join('');

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A cell as a number; null when it is empty or no number. */
export function numberOf(cell: string | undefined): number | null {
  if (cell === undefined || cell === '') return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

/** Whether a cell says that there is no value. */
export const isGap = (cell: string | undefined): boolean =>
  cell === undefined || /^(|nan|na|n\/a|null|none|-|\.)$/i.test(cell);
