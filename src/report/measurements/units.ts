import type { Code } from '../../formats/dicom/write/code.ts';

/** Units of our tables in UCUM. A word that is no unit of UCUM stands in braces, which count as one there. */
const ATOMS: Readonly<Record<string, string>> = {
  mm: 'mm',
  s: 's',
  bit: 'bit',
  HU: "[hnsf'U]",
  SUVbw: 'g/ml{SUVbw}',
  GML: 'g/ml',
  'Bq/mL': 'Bq/ml',
  CNTS: '{counts}',
  Gy: 'Gy',
  percent: '%',
  '%': '%',
  intensity: "[arb'U]",
  arbitrary: "[arb'U]",
  'grey level': '{greylevel}',
};
const POWERS: Readonly<Record<string, number>> = { '²': 2, '³': 3, '⁴': 4 };

/** A unit of a feature table as UCUM code; what is not known becomes an annotated one, never another unit. */
export function ucum(unit: string): Code {
  if (unit === '1' || unit === '') return { value: '1', scheme: 'UCUM', meaning: 'no units' };
  return { value: unit.split('·').map(factor).join('.'), scheme: 'UCUM', meaning: unit };
}

function factor(text: string): string {
  if (ATOMS[text] !== undefined) return ATOMS[text];
  const [above, ...below] = text.split('/');
  if (below.length > 0) return [above === '1' ? '' : factor(above), ...below.map(factor)].join('/');
  const power = POWERS[text.slice(-1)];
  const atom = ATOMS[power ? text.slice(0, -1) : text];
  if (atom === undefined) return `{${text.replace(/[^\x21-\x7a]/g, '')}}`;
  if (!power) return atom;
  // An exponent binds to a plain symbol only: braces take it inside, and a quotient is written out.
  if (atom.endsWith('}') && atom.startsWith('{')) return atom.replace('}', `${power}}`);
  return atom.includes('/') ? `(${atom})${power}` : `${atom}${power}`;
}
