import { itemsOf, textOf, type Attributes } from '../../core/dicom.ts';
import type { DicomInstance } from '../../core/instance.ts';
import type { Series } from '../../core/series.ts';

/**
 * Texts of chosen attributes of every plane of a series, kept by column: most attributes are the same for all planes, so
 * that a thousand headers cross to a worker as a few dozen texts. Plain data.
 */
export interface HeaderColumns {
  /** Number of planes, phase-major as in {@link Series.planes}. */
  readonly planes: number;
  /** Column by tag, or `sequence>tag` for the first item of a sequence. Absent: no plane has it. */
  readonly columns: Readonly<Record<string, HeaderColumn>>;
}

export interface HeaderColumn {
  /** The different texts; undefined where a plane lacks the attribute. */
  readonly values: readonly (string | undefined)[];
  /** Which of them each plane has; absent when all have the first. */
  readonly of?: Uint16Array;
}

/** Longest text that is kept of one attribute. */
const LONGEST = 1024;
/** More different texts than this are no setting: the rest count as the last. */
const MOST_VALUES = 65_535;

/**
 * Gathers the columns. Frames of enhanced images look into their functional groups before the data set.
 * @param instanceOf the instance of a file of the series
 */
export function headerColumns(
  series: Series,
  instanceOf: (file: string) => DicomInstance | undefined,
  tags: readonly string[],
): HeaderColumns {
  const { planes, files } = series;
  const instances = files.map(instanceOf);
  const groups = instances.map((i) => i && groupsOf(i.attributes));
  const columns: Record<string, HeaderColumn> = {};
  for (const tag of tags) {
    const values: (string | undefined)[] = [];
    const known = new Map<string | undefined, number>();
    const of = new Uint16Array(planes.length);
    planes.forEach(({ file, frame }, p) => {
      const instance = instances[file];
      const value = instance && valueOf(instance.attributes, groups[file]!, frame, tag)?.slice(0, LONGEST);
      let at = known.get(value);
      if (at === undefined) {
        at = Math.min(values.length, MOST_VALUES);
        known.set(value, at);
        if (at === values.length) values.push(value);
      }
      of[p] = at;
    });
    if (values.length > 1) columns[tag] = { values, of };
    else if (values[0] !== undefined) columns[tag] = { values };
  }
  return { planes: planes.length, columns };
}

interface Groups {
  readonly shared: Attributes | undefined;
  readonly perFrame: readonly Attributes[];
}

const groupsOf = (a: Attributes): Groups => ({
  shared: itemsOf(a, '52009229')[0],
  perFrame: itemsOf(a, '52009230'),
});

function valueOf(
  a: Attributes,
  { shared, perFrame }: Groups,
  frame: number,
  path: string,
): string | undefined {
  const [tag, inner] = path.split('>') as [string, string?];
  const read = (from: Attributes): string | undefined => {
    if (inner === undefined) return from[tag] === undefined ? undefined : textOf(from, tag);
    const item = itemsOf(from, tag)[0];
    return item && textOf(item, inner);
  };
  for (const group of [perFrame[frame], shared]) {
    if (group === undefined) continue;
    for (const macro of Object.keys(group)) {
      const found = itemsOf(group, macro)
        .map(read)
        .find((t) => t !== undefined && t !== '');
      if (found !== undefined) return found;
    }
  }
  const own = read(a);
  if (own !== undefined && own !== '') return own;
  const enhanced = ENHANCED[path];
  return enhanced === undefined ? undefined : valueOf(a, { shared, perFrame }, frame, enhanced);
}

/** Attributes that enhanced images state under another tag, in the same unit: EchoTime is EffectiveEchoTime there. */
const ENHANCED: Readonly<Record<string, string>> = { '00180081': '00189082' };

/** Reading of columns: one place that knows how a text becomes numbers. */
export class Headers {
  constructor(private readonly data: HeaderColumns) {}

  get planes(): number {
    return this.data.planes;
  }

  /** Text of the first plane that has it. */
  text(tag: string): string | undefined {
    return this.data.columns[tag]?.values.find((v) => v !== undefined);
  }

  texts(tag: string): string[] {
    return (
      this.text(tag)
        ?.split('\\')
        .map((s) => s.trim()) ?? []
    );
  }

  number(tag: string): number | undefined {
    return numberOfText(this.text(tag));
  }

  /** The different texts among the planes that have the attribute. */
  distinct(tag: string): string[] {
    return this.data.columns[tag]?.values.filter((v) => v !== undefined) ?? [];
  }

  /** Text of one plane. */
  at(tag: string, plane: number): string | undefined {
    const column = this.data.columns[tag];
    return column?.values[column.of?.[plane] ?? 0];
  }

  /** First number of every plane; NaN where it is not stated. */
  numbers(tag: string): Float64Array {
    const column = this.data.columns[tag];
    const values = column?.values.map((v) => numberOfText(v) ?? NaN) ?? [NaN];
    return Float64Array.from({ length: this.planes }, (_, p) => values[column?.of?.[p] ?? 0]!);
  }

  /** All numbers of one plane's text. */
  vector(tag: string, plane: number): number[] {
    return (
      this.at(tag, plane)
        ?.split('\\')
        .map((s) => numberOfText(s) ?? NaN) ?? []
    );
  }

  has(tag: string): boolean {
    return this.data.columns[tag] !== undefined;
  }

  /** Tags that no plane states. */
  missing(...tags: readonly string[]): string[] {
    return tags.filter((t) => !this.has(t));
  }
}

function numberOfText(text: string | undefined): number | undefined {
  const first = text?.split('\\', 1)[0]!.trim();
  if (first === undefined || first === '' || first.length > 64 || !/^[+-]?[\d.][\d.eE+-]*$/.test(first))
    return undefined;
  const n = Number(first);
  return Number.isFinite(n) ? n : undefined;
}
