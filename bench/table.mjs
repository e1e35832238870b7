// Medians and plain tables.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Time in a unit that keeps three digits. */
export function time(milliseconds) {
  if (milliseconds === undefined) return '–';
  return milliseconds >= 1000
    ? `${(milliseconds / 1000).toPrecision(3)} s`
    : `${milliseconds.toPrecision(3)} ms`;
}

/** A Markdown table whose columns are aligned for the terminal too. */
export function table(head, rows) {
  const widths = head.map((title, n) => Math.max(title.length, ...rows.map((r) => String(r[n]).length)));
  const line = (cells) =>
    `| ${cells.map((c, n) => (n ? String(c).padStart(widths[n]) : String(c).padEnd(widths[n]))).join(' | ')} |`;
  const rule = `|${widths.map((w, n) => (n ? `${'-'.repeat(w + 1)}:` : `:${'-'.repeat(w + 1)}`)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
