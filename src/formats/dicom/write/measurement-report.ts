import { textOf, type Attributes } from '../../../core/dicom.ts';
import { attributesOf, joined } from './attributes-of.ts';
import { codeItem, TISSUE, type Code } from './code.ts';
import {
  codeContent,
  container,
  containerContent,
  imageContent,
  numberContent,
  textContent,
  uidContent,
} from './content-item.ts';
import { instanceItems, type ReferencedSeries } from './references.ts';
import { uidFromSeed } from './uid.ts';

const COMPREHENSIVE_3D_SR = '1.2.840.10008.5.1.4.1.1.88.34';

/** One number about a region. */
export interface WrittenMeasurement {
  readonly concept: Code;
  /** Null when there is none; `absent` says why. */
  readonly value: number | null;
  readonly absent: Code;
  readonly unit: Code;
  /** How the number was gathered, where that makes it another number. */
  readonly method?: Code;
}

/** What was measured of one segment. */
export interface MeasurementGroup {
  readonly label: string;
  readonly trackingUid: string;
  readonly segment: { readonly sopClassUid: string; readonly sopUid: string; readonly number: number };
  readonly finding?: Code;
  /** Settings of the measurement, one text each. */
  readonly parameters: readonly string[];
  readonly measurements: readonly WrittenMeasurement[];
}

export interface WrittenReport {
  readonly sopUid: string;
  readonly seriesUid: string;
  readonly date: string;
  readonly time: string;
  readonly modality: string;
  readonly software: { readonly name: string; readonly version: string };
  readonly groups: readonly MeasurementGroup[];
  readonly segmentation: ReferencedSeries;
  /** The measured images; absent when they are no DICOM. */
  readonly source?: ReferencedSeries;
}

const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning });

/** Kind of procedure, whatever part of the body (CID 100). */
const PROCEDURES: Readonly<Record<string, Code>> = {
  CT: { value: '25045-6', scheme: 'LN', meaning: 'CT unspecified body region' },
  MR: { value: '25056-3', scheme: 'LN', meaning: 'MRI unspecified body region' },
  PT: { value: '44136-0', scheme: 'LN', meaning: 'PET unspecified body region' },
};
const IMAGING: Code = { value: '363679005', scheme: 'SCT', meaning: 'Imaging procedure' };

/** Coding schemes that a reader may not know, with their registered UIDs (PS3.16 8). */
const SCHEMES = [
  { designator: 'IBSI', uid: '1.2.840.10008.2.16.13', name: 'Image Biomarker Standardisation Initiative' },
  { designator: '99KINETEX', uid: uidFromSeed('coding scheme'), name: 'Kinetex' },
];

/**
 * Attributes of a Comprehensive 3D SR (PS3.3 A.35.13) after template 1500 of PS3.16: a measurement group (template 1411)
 * for each segment, with its tracking identifier, the algorithm with its settings (template 4019) and the numbers.
 * @param study patient, study and equipment modules
 */
export function measurementReport(study: Attributes, report: WrittenReport): Attributes {
  return joined(
    study,
    attributesOf({
      SOPClassUID: COMPREHENSIVE_3D_SR,
      SOPInstanceUID: report.sopUid,
      Modality: 'SR',
      SeriesDescription: 'Measurements',
      SeriesInstanceUID: report.seriesUid,
      SeriesNumber: 1,
      InstanceNumber: 1,
      ReferencedPerformedProcedureStepSequence: [],
      PerformedProcedureCodeSequence: [],
      ContentDate: report.date,
      ContentTime: report.time,
      CompletionFlag: 'COMPLETE',
      VerificationFlag: 'UNVERIFIED',
      PreliminaryFlag: 'FINAL',
      CodingSchemeIdentificationSequence: SCHEMES.filter(uses(report)).map(({ designator, uid, name }) =>
        attributesOf({ CodingSchemeDesignator: designator, CodingSchemeUID: uid, CodingSchemeName: name }),
      ),
      CurrentRequestedProcedureEvidenceSequence: [
        attributesOf({
          StudyInstanceUID: textOf(study, '0020000D'),
          ReferencedSeriesSequence: [report.segmentation, report.source]
            .filter((series) => series !== undefined)
            .map((series) =>
              attributesOf({
                SeriesInstanceUID: series.seriesUid,
                ReferencedSOPSequence: instanceItems(series),
              }),
            ),
        }),
      ],
      ValueType: 'CONTAINER',
      ConceptNameCodeSequence: [codeItem(dcm('126000', 'Imaging Measurement Report'))],
      ...container('1500'),
      ContentSequence: [
        codeContent('HAS CONCEPT MOD', dcm('121049', 'Language of Content Item and Descendants'), {
          value: 'en-US',
          scheme: 'RFC5646',
          meaning: 'English (United States)',
        }),
        ...observer(report),
        codeContent(
          'HAS CONCEPT MOD',
          dcm('121058', 'Procedure reported'),
          PROCEDURES[report.modality] ?? IMAGING,
        ),
        containerContent(
          dcm('126010', 'Imaging Measurements'),
          undefined,
          report.groups.map((group) => groupItem(group, report)),
        ),
      ],
    }),
  );
}

const uses =
  ({ groups }: WrittenReport) =>
  ({ designator }: (typeof SCHEMES)[number]): boolean =>
    groups.some((g) => g.measurements.some((m) => m.concept.scheme === designator));

/** A program observed, no person (template 1004). */
const observer = ({ software: { name, version } }: WrittenReport): Attributes[] => [
  codeContent('HAS OBS CONTEXT', dcm('121005', 'Observer Type'), dcm('121007', 'Device')),
  uidContent(
    'HAS OBS CONTEXT',
    dcm('121012', 'Device Observer UID'),
    uidFromSeed(`device/${name}/${version}`),
  ),
  textContent('HAS OBS CONTEXT', dcm('121013', 'Device Observer Name'), name),
];

function groupItem(group: MeasurementGroup, { source, software }: WrittenReport): Attributes {
  const { label, trackingUid, segment, finding = TISSUE, parameters, measurements } = group;
  return containerContent(dcm('125007', 'Measurement Group'), '1411', [
    textContent('HAS OBS CONTEXT', dcm('112039', 'Tracking Identifier'), label),
    uidContent('HAS OBS CONTEXT', dcm('112040', 'Tracking Unique Identifier'), trackingUid),
    codeContent('CONTAINS', dcm('121071', 'Finding'), finding),
    imageContent('CONTAINS', dcm('121191', 'Referenced Segment'), {
      sopClassUid: segment.sopClassUid,
      sopUid: segment.sopUid,
      segment: segment.number,
    }),
    ...(source
      ? [uidContent('CONTAINS', dcm('121232', 'Source series for segmentation'), source.seriesUid)]
      : []),
    textContent('HAS CONCEPT MOD', dcm('111001', 'Algorithm Name'), software.name),
    textContent('HAS CONCEPT MOD', dcm('111003', 'Algorithm Version'), software.version),
    ...parameters.map((text) => textContent('HAS CONCEPT MOD', dcm('111002', 'Algorithm Parameters'), text)),
    ...measurements.map(({ concept, value, unit, absent, method }) =>
      numberContent(
        concept,
        value,
        unit,
        absent,
        method
          ? [
              codeContent(
                'HAS CONCEPT MOD',
                { value: '370129005', scheme: 'SCT', meaning: 'Measurement Method' },
                method,
              ),
            ]
          : [],
      ),
    ),
  ]);
}
