const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * A measured number for reading: `digits` significant digits, never fewer than the whole part has, powers of ten
 * outside 10⁻⁴ … 10⁷ (`1.234×10⁻⁵`), a true minus sign, and the decimal mark that the person chose. `trim` drops the
 * zeros at the end, for numbers that were set and not measured.
 */
export function formatNumber(value: number, { digits = 4, comma = false, trim = false } = {}): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  let text: string;
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
    const power = Number(exponent);
    const raised = [...String(Math.abs(power))].map((d) => SUPERSCRIPTS[Number(d)]).join('');
    text = `${mantissa}×10${power < 0 ? '⁻' : ''}${raised}`;
  } else if (Number.isInteger(value)) {
    text = String(value);
  } else {
    const whole = size < 1 ? Math.floor(Math.log10(size)) + 1 : String(Math.trunc(size)).length;
    text = value.toFixed(Math.min(20, Math.max(0, digits - whole)));
    if (trim && text.includes('.')) text = text.replace(/\.?0+$/, '');
  }
  text = text.replace('-', '−');
  return comma ? text.replace('.', ',') : text;
}

/** A number in full, for the clipboard: as short as it can be without losing a bit. */
export function exactNumber(value: number, comma = false): string {
  return comma ? String(value).replace('.', ',') : String(value);
}

/** What a person typed as a number: point or comma; NaN when it is no number, null when nothing was typed. */
export function parseNumber(text: string): number | null {
  const trimmed = text.trim().replace('−', '-');
  if (trimmed === '') return null;
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$/.test(trimmed)
    ? Number(trimmed.replace(',', '.'))
    : Number.NaN;
}
