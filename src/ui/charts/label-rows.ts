/** A text on one line of the chart: where it begins and how wide it is, in pixels. */
export interface Extent {
  readonly from: number;
  readonly width: number;
}

/**
 * The row of each text so that none covers another: the first row in which everything placed before it leaves room.
 * Order decides, so put the weightier texts first.
 */
export function rowsOf(texts: readonly Extent[], gap: number): number[] {
  const rows: Extent[][] = [];
  return texts.map((text) => {
    const free = (row: readonly Extent[]) =>
      row.every(
        (other) => text.from >= other.from + other.width + gap || other.from >= text.from + text.width + gap,
      );
    let at = rows.findIndex(free);
    if (at < 0) at = rows.push([]) - 1;
    rows[at]!.push(text);
    return at;
  });
}

const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/;

/** The width of a text in digits of the same font: near enough to keep labels apart without measuring each. */
export function widthInDigits(text: string): number {
  let width = 0;
  for (const letter of text)
    width += WIDE.test(letter) ? 1.9 : /[\s.,:;'|il⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/.test(letter) ? 0.7 : 1.08;
  return width;
}
