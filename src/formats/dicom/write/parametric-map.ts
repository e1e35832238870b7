import type { Attributes } from '../../../core/dicom.ts';
import { cross, dot, normalise, spacingOf, toPatient, type Grid } from '../../../core/geometry.ts';
import { RefusedInput } from '../../../core/refusal.ts';
import { attributesOf, joined } from './attributes-of.ts';
import { codeItem, type Code } from './code.ts';
import { seriesModule, type SeriesContext } from './modules.ts';
import { writeDicom } from './part10.ts';
import type { Moment } from './released.ts';
import { uidFromSeed } from './uid.ts';

const PARAMETRIC_MAP_STORAGE = '1.2.840.10008.5.1.4.1.1.30';
const FRAME_CONTENT = 0x00209111;
const STACK_ID = 0x00209056;
const IN_STACK_POSITION = 0x00209057;

/** One map of real-world values on a grid. */
export interface WrittenMap {
  readonly grid: Grid;
  /** Values as they are: no slope, no rounding but that of 32-bit floats. NaN where there is no value. */
  readonly data: Float32Array;
  /** Short name, upper case letters, digits, `_` and spaces, at most 16 (a code string): `KTRANS`. */
  readonly label: string;
  readonly description: string;
  /** What is measured, such as 126312, DCM, Ktrans. */
  readonly quantity: Code;
  /** UCUM unit, such as `/min`. */
  readonly unit: Code;
  readonly modality: 'MR' | 'CT' | 'PT';
  /** How it was made: model, input, version. */
  readonly derivation: string;
  readonly sopUid: string;
  readonly moment: Moment;
}

/**
 * Writes a map as a DICOM Parametric Map (PS3.3 A.75): one enhanced instance with Float Pixel Data, a frame for each
 * slice along the normal, and a real-world value mapping with its quantity and unit.
 *
 * @param study patient, study and equipment modules
 * @throws RefusedInput `unsupported_encoding` when the slices are sheared against their normal, which frames with one
 * orientation can't say; `inconsistent_attributes` when values and grid differ in number.
 */
export function writeParametricMap(
  study: Attributes,
  series: SeriesContext,
  map: WrittenMap,
): Uint8Array<ArrayBuffer> {
  const { size } = map.grid;
  if (map.data.length !== size[0] * size[1] * size[2])
    throw new RefusedInput('inconsistent_attributes', {
      what: map.label,
      expected: size.join('×'),
      received: map.data.length,
    });
  return writeDicom(joined(study, seriesModule(series, map.modality), image(map), frames(map)), map.data);
}

function image(map: WrittenMap): Attributes {
  const { size } = map.grid;
  return attributesOf({
    SOPClassUID: PARAMETRIC_MAP_STORAGE,
    SOPInstanceUID: map.sopUid,
    SeriesDate: map.moment.date,
    SeriesTime: map.moment.time,
    ContentDate: map.moment.date,
    ContentTime: map.moment.time,
    InstanceNumber: 1,
    ImageType: ['DERIVED', 'PRIMARY', 'PERFUSION', 'NONE'],
    DerivationDescription: map.derivation,
    ContentQualification: 'RESEARCH',
    ContentLabel: map.label,
    ContentDescription: map.description,
    ContentCreatorName: '',
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    PresentationLUTShape: 'IDENTITY',
    Rows: size[1],
    Columns: size[0],
    NumberOfFrames: size[2],
    BitsAllocated: 32,
    BurnedInAnnotation: 'NO',
    RecognizableVisualFeatures: 'NO',
    LossyImageCompression: '00',
    AcquisitionContextSequence: [],
  });
}

/** Functional groups, shared and of each frame, and the dimension that orders the frames. */
function frames(map: WrittenMap): Attributes {
  const { size, affine } = map.grid;
  const along = [normalise(affine.matrix[0]), normalise(affine.matrix[1])] as const;
  const slice = normalise(affine.matrix[2]);
  if (Math.abs(dot(normalise(cross(...along)), slice)) < 1 - 1e-6)
    throw new RefusedInput('unsupported_encoding', { what: 'slices sheared against their normal' });
  const spacing = spacingOf(affine);
  const dimensions = uidFromSeed(`${map.sopUid}/dimensions`);
  const index = (pointer: number, label: string) =>
    attributesOf({
      DimensionOrganizationUID: dimensions,
      DimensionIndexPointer: pointer,
      FunctionalGroupPointer: FRAME_CONTENT,
      DimensionDescriptionLabel: label,
    });
  const shared = attributesOf({
    PixelMeasuresSequence: [
      attributesOf({
        PixelSpacing: [spacing[1], spacing[0]],
        SliceThickness: spacing[2],
        SpacingBetweenSlices: spacing[2],
      }),
    ],
    PlaneOrientationSequence: [attributesOf({ ImageOrientationPatient: [...along[0], ...along[1]] })],
    ParametricMapFrameTypeSequence: [
      attributesOf({ FrameType: ['DERIVED', 'PRIMARY', 'PERFUSION', 'NONE'] }),
    ],
    ...mapping(map),
  });
  const perFrame = Array.from({ length: size[2] }, (_, k) =>
    attributesOf({
      FrameContentSequence: [
        attributesOf({ StackID: '1', InStackPositionNumber: k + 1, DimensionIndexValues: [1, k + 1] }),
      ],
      PlanePositionSequence: [attributesOf({ ImagePositionPatient: toPatient(affine, 0, 0, k) })],
    }),
  );
  return attributesOf({
    DimensionOrganizationType: '3D',
    DimensionOrganizationSequence: [attributesOf({ DimensionOrganizationUID: dimensions })],
    DimensionIndexSequence: [index(STACK_ID, 'Stack'), index(IN_STACK_POSITION, 'Slice')],
    SharedFunctionalGroupsSequence: [shared],
    PerFrameFunctionalGroupsSequence: perFrame,
  });
}

/** Stored values are the real-world values; a window over all of them; the quantity and its unit in code. */
function mapping({ data, label, description, quantity, unit }: WrittenMap) {
  let [low, high] = [Infinity, -Infinity];
  for (const v of data) {
    if (v < low) low = v;
    if (v > high && v < Infinity) high = v;
  }
  if (!(low <= high) || low === -Infinity) [low, high] = [0, 0];
  return {
    FrameVOILUTSequence: [
      attributesOf({
        WindowCenter: (low + high) / 2,
        WindowWidth: Math.max(high - low, 1e-6),
        VOILUTFunction: 'LINEAR_EXACT',
      }),
    ],
    PixelValueTransformationSequence: [
      attributesOf({ RescaleIntercept: 0, RescaleSlope: 1, RescaleType: 'US' }),
    ],
    RealWorldValueMappingSequence: [
      attributesOf({
        LUTExplanation: description,
        LUTLabel: label,
        DoubleFloatRealWorldValueFirstValueMapped: low,
        DoubleFloatRealWorldValueLastValueMapped: high,
        RealWorldValueIntercept: 0,
        RealWorldValueSlope: 1,
        MeasurementUnitsCodeSequence: [codeItem(unit)],
        QuantityDefinitionSequence: [
          attributesOf({
            ValueType: 'CODE',
            ConceptNameCodeSequence: [codeItem({ value: '246205007', scheme: 'SCT', meaning: 'Quantity' })],
            ConceptCodeSequence: [codeItem(quantity)],
          }),
        ],
      }),
    ],
  } as const;
}
