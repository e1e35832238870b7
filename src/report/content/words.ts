import { fill, type Facts } from '../../core/localised.ts';
import { WITHHELD, type Release } from '../../formats/dicom/write/released.ts';

/** Longest text of a file that is shown. */
const LONGEST = 400;

/** Decides for every text of a file or a person how it leaves with a report or a table. */
export class Words {
  constructor(private readonly release: Release) {}

  /** The text, or nothing when it names who or what it may not. UIDs are replaced and days are left out. */
  released(text: string): string | undefined {
    return this.release.text(text, LONGEST);
  }

  /** The name of a region as a whole, or nothing: half a name would be no name. */
  name(text: string): string | undefined {
    const name = this.released(text);
    return name === '' || (name?.includes(WITHHELD) && name !== text) ? undefined : name;
  }

  /** Name of a machine or a program: hidden only when it names a person or a number of one. */
  machine(text: string): string {
    return this.release.machine(text, LONGEST) ?? WITHHELD;
  }

  /** The same for texts that may be cut out of a sentence. */
  shown(text: string): string {
    return this.released(text) ?? WITHHELD;
  }

  /** Facts of a sentence, with the texts among them released. */
  facts(facts: Facts): Facts {
    return Object.fromEntries(
      Object.entries(facts).map(([key, value]) => [
        key,
        typeof value === 'number' ? value : this.shown(value),
      ]),
    ) as Facts;
  }

  /** A sentence with the texts among its facts released. */
  filled(text: string, facts: Facts): string {
    const safe = Object.entries(this.facts(facts)).map(([key, value]) => [
      key,
      typeof value === 'number' ? figure(value) : value,
    ]);
    return fill(text, Object.fromEntries(safe) as Facts);
  }
}

/** A number of a sentence: six digits at most. */
export const figure = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '—';

/** A number of a table: five significant digits, never rounded away. */
export function measured(value: number): string {
  if (!Number.isFinite(value)) return '—';
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e7)
    ? value.toExponential(4)
    : String(Number(value.toPrecision(6)));
}
