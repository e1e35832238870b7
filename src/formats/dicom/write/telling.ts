import { textOf, type Attributes } from '../../../core/dicom.ts';

/** Numbers of people and visits: their words of letters alone (`KINETEX-12`) tell less than the rest. */
const NUMBERS = new Set([
  '00080020', // StudyDate
  '00080021', // SeriesDate
  '00080022', // AcquisitionDate
  '00080023', // ContentDate
  '00080030', // StudyTime
  '00080031', // SeriesTime
  '00080050', // AccessionNumber
  '00100020', // PatientID
  '00100030', // PatientBirthDate
  '00100032', // PatientBirthTime
  '00101000', // OtherPatientIDs
  '00101090', // MedicalRecordLocator
  '00102154', // PatientTelephoneNumbers
  '00181000', // DeviceSerialNumber
  '00181004', // PlateID
  '00181005', // GeneratorID
  '00181007', // CassetteID
  '00181008', // GantryID
  '00200010', // StudyID
  '00380010', // AdmissionID
  '00400009', // ScheduledProcedureStepID
  '00400253', // PerformedProcedureStepID
  '00401001', // RequestedProcedureID
  '00402016', // PlacerOrderNumberImagingServiceRequest
  '00402017', // FillerOrderNumberImagingServiceRequest
]);

/** Places. */
const PLACES = new Set([
  '00080080', // InstitutionName
  '00080081', // InstitutionAddress
  '00081010', // StationName
  '00081040', // InstitutionalDepartmentName
  '00100021', // IssuerOfPatientID
  '00101040', // PatientAddress
  '00102150', // CountryOfResidence
  '00102152', // RegionOfResidence
  '00321033', // RequestingService
  '00380300', // CurrentPatientLocation
  '00400010', // ScheduledStationName
  '00400242', // PerformedStationName
  '00400243', // PerformedLocation
]);

/** Free texts in which anything may stand: each as a whole, since their words are words of everybody. */
const PHRASES = new Set([
  '00081030', // StudyDescription
  '0008103E', // SeriesDescription
  '00081080', // AdmittingDiagnosesDescription
  '00102180', // Occupation
  '001021B0', // AdditionalPatientHistory
  '00104000', // PatientComments
  '00181030', // ProtocolName
  '00181400', // AcquisitionDeviceProcessingDescription
  '00204000', // ImageComments
  '00321060', // RequestedProcedureDescription
  '00400007', // ScheduledProcedureStepDescription
  '00400254', // PerformedProcedureStepDescription
  '00400280', // CommentsOnThePerformedProcedureStep
]);

/** What of files tells whose they are, as it stands in them. */
export interface Told {
  /** Of people: every element of VR PN, in whatever sequence. */
  readonly names: readonly string[];
  readonly numbers: readonly string[];
  readonly places: readonly string[];
  readonly phrases: readonly string[];
  /** Paths of the files. */
  readonly files: readonly string[];
}

/** What a data set tells, its sequences included. */
export function toldBy(source: Attributes): Told {
  const told = {
    names: [] as string[],
    numbers: [] as string[],
    places: [] as string[],
    phrases: [] as string[],
  };
  const read = (attributes: Attributes): void => {
    for (const [tag, element] of Object.entries(attributes)) {
      for (const item of element.items ?? []) read(item);
      const kind =
        element.vr === 'PN'
          ? told.names
          : NUMBERS.has(tag)
            ? told.numbers
            : PLACES.has(tag)
              ? told.places
              : PHRASES.has(tag)
                ? told.phrases
                : undefined;
      const text = kind && textOf(attributes, tag);
      if (text) kind.push(text);
    }
  };
  read(source);
  return { ...told, files: [] };
}

/** Shorter words would be found in every other text. */
const SHORTEST = 3;
/** Shorter phrases are words that a region may be called by, too. */
const SHORTEST_PHRASE = 8;

/** Words that name files and folders of everybody: a name of such words alone tells nothing. */
const PLAIN = new Set(
  `adc art artery aorta atlas axial bladder body bone brain breast cardiac chest colon contour contours cor coronal ct ctv
  data dce dcm derived dicom dwi dynamic edema enhancing export file files flair folder gtv head heart hepatic image images
  img input itv kidney label labelmap labels left lesion lesions liver lower lung lungs map maps mask masks mets
  mri necrosis necrotic nifti node nodes nodule nodules nrrd oar original outline output pancreas patient pelvis perfusion
  pet phantom phase post pre prostate ptv rectum region regions right roi rois sagittal sample samples scan seg
  segmentation segmentations series skull slice slices spleen stack structure structures study tissue tumor tumors tumour
  tumours upper uterus vein vessel volume voi whole`.split(/\s+/),
);

/** Is every word of a name one that names files of everybody? Short words and numbers up to three digits are. */
const isPlain = (name: string): boolean =>
  name
    .split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u)
    .every((word) => /^(\d{0,3}|[\x00-\x7f]{0,2})$/.test(word) || PLAIN.has(word));

/** Names of folders and of files without what follows their first dot that is no number. */
const namesIn = (path: string): string[] =>
  path
    .toLowerCase()
    .split(/[/\\]+/)
    .map((part) => part.replace(/(\.(?!\d)[^.]*)+$/, '').trim());

/** Words by which a text may give the patient away. */
export interface TellingWords {
  /** Names and numbers of people, places and visits; free texts and names of files as a whole. */
  readonly all: readonly string[];
  /** Those that not even the name of a machine may hold: people, numbers with their digits, places by their whole name. */
  readonly people: readonly string[];
}

/** The telling words of what files told, in lower case. */
export function tellingWords(told: readonly Told[]): TellingWords {
  const lower = (texts: readonly string[]) => texts.map((t) => t.toLowerCase().trim());
  const of = (kind: keyof Told) => lower(told.flatMap((t) => t[kind]));
  const wordsOf = (texts: readonly string[]) =>
    texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  // Names of two characters are whole names in Chinese.
  const kept = (words: readonly string[]) => [
    ...new Set(words.filter((w) => w.length >= SHORTEST || /[^\x00-\x7f]{2}/.test(w))),
  ];
  const [names, numbers, places] = [wordsOf(of('names')), wordsOf(of('numbers')), of('places')];
  const whole = [
    ...of('phrases').filter((p) => p.length >= SHORTEST_PHRASE),
    ...told
      .flatMap((t) => t.files)
      .flatMap(namesIn)
      .filter((name) => !isPlain(name)),
  ];
  return {
    all: kept([...names, ...numbers, ...wordsOf(places), ...whole]),
    people: kept([...names, ...numbers.filter((w) => /\d/.test(w)), ...places]),
  };
}

/** Short words of letters count only when they stand alone: `Li` is in `liver`. */
export function holds(text: string, word: string): boolean {
  const lower = text.toLowerCase();
  if (word.length > SHORTEST || /[^\x00-\x7f]/.test(word)) return lower.includes(word);
  return lower.split(/[^\p{L}\p{N}]+/u).includes(word);
}
