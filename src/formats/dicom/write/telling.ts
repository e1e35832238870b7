import { textOf, type Attributes } from '../../../core/dicom.ts';

/** Names of people: every word of them tells. */
const NAMES = [
  '00080090', // ReferringPhysicianName
  '00081048', // PhysiciansOfRecord
  '00081050', // PerformingPhysicianName
  '00081060', // NameOfPhysiciansReadingStudy
  '00081070', // OperatorsName
  '00100010', // PatientName
  '00101001', // OtherPatientNames
  '00101005', // PatientBirthName
  '00101060', // PatientMotherBirthName
  '00321032', // RequestingPhysician
] as const;

/** Numbers of people and visits: their words of letters alone (`KINETEX-12`) tell less than the rest. */
const NUMBERS = [
  '00080050', // AccessionNumber
  '00100020', // PatientID
  '00100030', // PatientBirthDate
  '00101000', // OtherPatientIDs
  '00102154', // PatientTelephoneNumbers
  '00181000', // DeviceSerialNumber
  '00200010', // StudyID
] as const;

/** Places. */
const PLACES = [
  '00080080', // InstitutionName
  '00081010', // StationName
] as const;

/** The attributes of a data set that {@link tellingWords} reads, and the UID of its study. */
export const tellingPart = (source: Attributes): Attributes =>
  Object.fromEntries(
    [...NAMES, ...NUMBERS, ...PLACES, '0020000D'].flatMap((tag) => {
      const element = source[tag];
      return element ? [[tag, element] as const] : [];
    }),
  );

/** Shorter words would be found in every other text. */
const SHORTEST = 3;

/** Words by which a text may give the patient away. */
export interface TellingWords {
  /** Names and numbers of people, places and visits. */
  readonly all: readonly string[];
  /** Those that not even the name of a machine may hold: people, numbers with their digits, places by their whole name. */
  readonly people: readonly string[];
}

/** The telling words of a data set, in lower case. */
export function tellingWords(source: Attributes): TellingWords {
  const wordsOf = (tags: readonly string[]) =>
    tags.flatMap((tag) => {
      const text = (textOf(source, tag) ?? '').toLowerCase().trim();
      return [text, ...text.split(/[^\p{L}\p{N}]+/u)];
    });
  // Names of two characters are whole names in Chinese.
  const kept = (words: readonly string[]) => [
    ...new Set(words.filter((w) => w.length >= SHORTEST || /[^\x00-\x7f]{2}/.test(w))),
  ];
  const [names, numbers, places] = [NAMES, NUMBERS, PLACES].map(wordsOf) as [string[], string[], string[]];
  return {
    all: kept([...names, ...numbers, ...places]),
    people: kept([
      ...names,
      ...numbers.filter((w) => /\d/.test(w)),
      ...PLACES.map((tag) => (textOf(source, tag) ?? '').toLowerCase().trim()),
    ]),
  };
}

/** Short words of letters count only when they stand alone: `Li` is in `liver`. */
export function holds(text: string, word: string): boolean {
  const lower = text.toLowerCase();
  if (word.length > SHORTEST || /[^\x00-\x7f]/.test(word)) return lower.includes(word);
  return lower.split(/[^\p{L}\p{N}]+/u).includes(word);
}
