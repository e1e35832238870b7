import { textOf, type Attributes } from '../../../core/dicom.ts';
import { attributesOf, joined } from './attributes-of.ts';
import { codeItem } from './code.ts';
import { ELEMENTS, type Keyword } from './dictionary.ts';
import { holds, tellingWords, toldBy, type Told } from './telling.ts';
import { strangerUid, uidFromSeed } from './uid.ts';

/**
 * What of the patient and study modules leaves with an object that the person asked to be identified; nothing of the
 * source leaves otherwise. All other attributes of an object are made here and not copied.
 */
const IDENTIFYING = [
  'AccessionNumber',
  'ReferringPhysicianName',
  'StudyDate',
  'StudyTime',
  'StudyDescription',
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'StudyID',
] as const satisfies readonly Keyword[];

/** Required of every instance, empty where nothing leaves (type 2 of PS3.3 C.7.1.1, C.7.2.1). */
const EMPTY = {
  AccessionNumber: '',
  ReferringPhysicianName: '',
  StudyDate: '',
  StudyTime: '',
  PatientName: '',
  PatientID: '',
  PatientBirthDate: '',
  PatientSex: '',
  StudyID: '',
} as const;

/** Stands for the time where an object must have one and none may leave. */
const NO_TIME = { date: '20000101', time: '000000' } as const;

/** `YYYYMMDD` and `HHMMSS`. */
export interface Moment {
  readonly date: string;
  readonly time: string;
}

export interface ReleaseSettings {
  /** True when the person asked for an object that names its patient. */
  readonly identified: boolean;
  readonly now: Moment;
  /** Software with its version. */
  readonly maker: { readonly name: string; readonly version: string };
  /** What the files of the study tell beyond the source; their words may not leave either. */
  readonly told?: readonly Told[];
}

/** The part of every object that tells whose it is, and the words that may leave with it. */
export interface Release {
  readonly identified: boolean;
  /** Patient, study, equipment and character set. */
  readonly attributes: Attributes;
  /** When the object was made. */
  readonly moment: Moment;
  /** A UID of the source as it leaves: itself, or the same stranger for the same UID every time. */
  readonly uid: (original: string) => string;
  /**
   * A text of a file's or a person's as it leaves: without control characters, UIDs replaced, days left out, and
   * undefined when it holds a word that identifies.
   */
  readonly text: (text: string, longest: number) => string | undefined;
  /** The same for the name of a machine or a program: a word of a place in it tells nothing. */
  readonly machine: (text: string, longest: number) => string | undefined;
}

/**
 * The only place that decides what leaves with an export. By default nothing of the source's patient and study does:
 * names, numbers, dates and descriptions are empty, UIDs are replaced by name-based ones, and the object says so (PS3.15
 * E.1.1, Basic Application Level Confidentiality Profile). Whoever holds the original UIDs can tell which ones were
 * replaced; nobody can turn them back.
 *
 * @param source attributes of an instance of the series; empty when the image is no DICOM
 */
export function released(
  source: Attributes,
  { identified, now, maker, told = [] }: ReleaseSettings,
): Release {
  const uid = (original: string) => (identified ? original : strangerUid(original));
  const study = textOf(source, ELEMENTS.StudyInstanceUID[0]) ?? '';
  const copied = identified ? pick(source) : removed();
  const moment = identified ? now : NO_TIME;
  const { all, people } = identified ? { all: [], people: [] } : tellingWords([toldBy(source), ...told]);
  const without =
    (words: readonly string[], uids: RegExp) =>
    (text: string, longest: number): string | undefined => {
      if (words.some((word) => holds(text, word))) return undefined;
      const plain = text.replace(UNSEEN, ' ').trim();
      const safe = identified ? plain : plain.replace(uids, standIn).replace(DAY, WITHHELD);
      return [...safe].slice(0, longest).join('');
    };
  return {
    identified,
    moment,
    uid,
    text: without(all, UID),
    machine: without(people, LONG_UID),
    attributes: joined(
      attributesOf({
        SpecificCharacterSet: 'ISO_IR 192',
        ...EMPTY,
        InstanceCreationDate: moment.date,
        InstanceCreationTime: moment.time,
        Manufacturer: maker.name,
        ManufacturerModelName: maker.name,
        DeviceSerialNumber: '1',
        SoftwareVersions: maker.version,
        StudyInstanceUID: study ? uid(study) : uidFromSeed('released/no study'),
      }),
      copied,
    ),
  };
}

/** Stands where a text, or a part of it, may not leave. */
export const WITHHELD = '[…]';
/** Control characters, those that turn the direction of a text, and what parts the values of DICOM. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\\]/gu;
const UID = /\b\d+(?:\.\d+){2,}\b/g;
/** The same where versions such as 1.0.2 stand. */
const LONG_UID = /\b[0-2](?:\.\d+){3,}\b|\b2\.25\.\d+\b/g;
/** Days as DICOM, ISO and people write them, and DICOM times with fractions. */
const DAY =
  /(?<!\d)(?:(?:19|20)\d{2}([-./]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\2(?:19|20)\d{2})(?!\d)|\b\d{6}\.\d{1,6}\b/g;
/** A day with points between its parts looks like a UID. */
const standIn = (uid: string): string => (uid.search(DAY) === 0 ? WITHHELD : strangerUid(uid));

/** What a value of each representation may be (PS3.5 6.2); all of these elements have one value. */
const VALID: Readonly<Record<string, RegExp>> = {
  SH: /^[^\\]{0,16}$/u,
  LO: /^[^\\]{0,64}$/u,
  PN: /^[^\\]{0,194}$/u,
  CS: /^[A-Z0-9 _]{0,16}$/,
  DA: /^(\d{8})?$/,
  TM: /^(\d{2}|\d{4}|\d{6}(\.\d{1,6})?)?$/,
};

/** The identifying values of the source. One that breaks the rules of its kind is left out: cut, it would be another. */
function pick(source: Attributes): Attributes {
  const kept = IDENTIFYING.map((keyword) => [keyword, textOf(source, ELEMENTS[keyword][0])] as const);
  return attributesOf(
    Object.fromEntries(
      kept.filter(([keyword, text]) => text !== undefined && VALID[ELEMENTS[keyword][1]].test(text)),
    ),
  );
}

const removed = (): Attributes =>
  attributesOf({
    PatientIdentityRemoved: 'YES',
    DeidentificationMethod: 'Made without attributes of the source; UIDs replaced',
    DeidentificationMethodCodeSequence: [
      codeItem({
        value: '113100',
        scheme: 'DCM',
        meaning: 'Basic Application Confidentiality Profile',
      }),
    ],
    LongitudinalTemporalInformationModified: 'REMOVED',
  });
