import { fill, type Facts } from '../../core/localised.ts';
import type { Release } from '../../formats/dicom/write/released.ts';

/** Stands where a text may not leave. */
const WITHHELD = '[…]';
/** Longest text of a file that is shown. */
const LONGEST = 400;

const UID = /\b\d+(?:\.\d+){2,}\b/g;
/** The same where versions such as 1.0.2 stand. */
const LONG_UID = /\b[0-2](?:\.\d+){3,}\b|\b2\.25\.\d+\b/g;
/** Days as DICOM and ISO write them, and DICOM times with fractions. */
const DAY = /\b(?:19|20)\d{2}(?:-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01]))\b|\b\d{6}\.\d{1,6}\b/g;

/** Decides for every text of a file or a person how it leaves with a report. */
export class Words {
  constructor(
    private readonly releases: readonly Release[],
    private readonly identified: boolean,
  ) {}

  /** The text, or nothing when it names who or what it may not. UIDs are replaced and days are left out. */
  released(text: string): string | undefined {
    return this.#released(text, UID, (r) => r.text(text, LONGEST));
  }

  /** Name of a machine or a program: hidden only when it names a person or a number of one. */
  machine(text: string): string {
    return this.#released(text, LONG_UID, (r) => r.machine(text, LONGEST)) ?? WITHHELD;
  }

  #released(text: string, uids: RegExp, by: (release: Release) => string | undefined): string | undefined {
    const plain = [...text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ').trim()]
      .slice(0, LONGEST)
      .join('');
    if (this.identified) return plain;
    if (this.releases.some((r) => by(r) === undefined)) return undefined;
    const [first] = this.releases;
    return plain.replace(uids, (uid) => (first ? first.uid(uid) : WITHHELD)).replace(DAY, WITHHELD);
  }

  /** The same for texts that may be cut out of a sentence. */
  shown(text: string): string {
    return this.released(text) ?? WITHHELD;
  }

  /** A sentence with the texts among its facts released. */
  filled(text: string, facts: Facts): string {
    const safe = Object.entries(facts).map(([key, value]) => [
      key,
      typeof value === 'number' ? figure(value) : this.shown(value),
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
