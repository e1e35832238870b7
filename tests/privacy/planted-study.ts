import type { Attributes, DicomElement } from '../../src/core/dicom.ts';
import { attributesOf, joined } from '../../src/formats/dicom/write/attributes-of.ts';
import { writeDicom } from '../../src/formats/dicom/write/part10.ts';
import { structureSet } from '../../src/formats/dicom/write/structure-set.ts';
import { writeNifti } from '../../src/formats/nifti/write.ts';

// A dynamic MR study in which every identifying attribute of PS3.15 table E.1-1 that our reader sees, every UID, date,
// time, name of a region, file and folder holds a text of its own, found nowhere else in the world.

/** Attributes by tag: what they are called, their representation, and what is planted. Names of people have `^` and `=`. */
const PLANTED: readonly (readonly [tag: string, keyword: string, vr: string, value: string])[] = [
  ['00080012', 'InstanceCreationDate', 'DA', '20190203'],
  ['00080013', 'InstanceCreationTime', 'TM', '071233.918273'],
  ['00080020', 'StudyDate', 'DA', '20190204'],
  ['00080021', 'SeriesDate', 'DA', '20190205'],
  ['00080022', 'AcquisitionDate', 'DA', '20190206'],
  ['00080023', 'ContentDate', 'DA', '20190207'],
  ['00080030', 'StudyTime', 'TM', '081122.345678'],
  ['00080031', 'SeriesTime', 'TM', '081123.456789'],
  ['00080050', 'AccessionNumber', 'SH', 'ACC-77123-X'],
  ['00080080', 'InstitutionName', 'LO', 'Clinica Toboso'],
  ['00080081', 'InstitutionAddress', 'ST', '17 Calle Molinos, Campo de Criptana'],
  ['00080090', 'ReferringPhysicianName', 'PN', 'Referidora^Ruperta'],
  ['00080092', 'ReferringPhysicianAddress', 'ST', '4 Plaza Barataria'],
  ['00080094', 'ReferringPhysicianTelephoneNumbers', 'SH', '+34 926 555 0142'],
  ['00081010', 'StationName', 'SH', 'STN-ROCINANTE'],
  ['00081030', 'StudyDescription', 'LO', 'Staging of the knight of Argamasilla'],
  ['0008103E', 'SeriesDescription', 'LO', 'Dynamic for Dulcinea Aldonza'],
  ['00081040', 'InstitutionalDepartmentName', 'LO', 'Departamento Montesinos'],
  ['00081048', 'PhysiciansOfRecord', 'PN', 'Recordero^Pascual'],
  ['00081050', 'PerformingPhysicianName', 'PN', 'Performera^Leonela'],
  ['00081060', 'NameOfPhysiciansReadingStudy', 'PN', 'Leyente^Camila'],
  ['00081070', 'OperatorsName', 'PN', 'Panza^Sancho'],
  ['00081080', 'AdmittingDiagnosesDescription', 'LO', 'Melancholia after reading romances'],
  ['00084000', 'IdentifyingComments', 'LT', 'Identified by Altisidora'],
  ['00100010', 'PatientName', 'PN', 'Quixote^Alonso=堂吉诃德^阿隆索=Кихот^Ламанчский'],
  ['00100020', 'PatientID', 'LO', 'LM-1605-77'],
  ['00100021', 'IssuerOfPatientID', 'LO', 'Cervantina'],
  ['00100030', 'PatientBirthDate', 'DA', '15470929'],
  ['00100032', 'PatientBirthTime', 'TM', '032155.123456'],
  ['00101000', 'OtherPatientIDs', 'LO', 'ALT-881-QX'],
  ['00101001', 'OtherPatientNames', 'PN', 'Quijana^Alonzo'],
  ['00101005', 'PatientBirthName', 'PN', 'Quesada^Alfonso'],
  ['00101040', 'PatientAddress', 'LO', '1 Camino de Puertolapice'],
  ['00101060', 'PatientMotherBirthName', 'PN', 'Cortinas^Leonor'],
  ['00101090', 'MedicalRecordLocator', 'LO', 'MRL-90210-B'],
  ['00102150', 'CountryOfResidence', 'LO', 'Tartessos'],
  ['00102152', 'RegionOfResidence', 'LO', 'Almodovar'],
  ['00102154', 'PatientTelephoneNumbers', 'SH', '+34 926 555 0199'],
  ['00102160', 'EthnicGroup', 'SH', 'Manchegan'],
  ['00102180', 'Occupation', 'SH', 'knight errant 7'],
  ['001021B0', 'AdditionalPatientHistory', 'LT', 'fought the Biscayan squire'],
  ['001021F0', 'PatientReligiousPreference', 'LO', 'chivalric order'],
  ['00102297', 'ResponsiblePerson', 'PN', 'Antonia^Sobrina'],
  ['00104000', 'PatientComments', 'LT', 'tilts at windmills'],
  ['00181000', 'DeviceSerialNumber', 'LO', 'SN-55120-KX'],
  ['00181004', 'PlateID', 'LO', 'PLT-4471-Q'],
  ['00181008', 'GantryID', 'LO', 'GNT-3310-Q'],
  ['00181030', 'ProtocolName', 'LO', 'Protocol by Cardenio'],
  ['00181400', 'AcquisitionDeviceProcessingDescription', 'LO', 'filtered for Luscinda'],
  ['00200010', 'StudyID', 'SH', 'ST-9981-Z'],
  ['00204000', 'ImageComments', 'LT', 'ask Maritornes about motion'],
  ['00321032', 'RequestingPhysician', 'PN', 'Pedido^Marcela'],
  ['00321033', 'RequestingService', 'LO', 'Servicio Clavileno'],
  ['00321060', 'RequestedProcedureDescription', 'LO', 'requested by Doña Rodriguez'],
  ['00380010', 'AdmissionID', 'LO', 'ADM-6612-V'],
  ['00380300', 'CurrentPatientLocation', 'LO', 'Cueva Ruidera'],
  ['00400007', 'ScheduledProcedureStepDescription', 'LO', 'scheduled by Trifaldi'],
  ['00400010', 'ScheduledStationName', 'SH', 'STN-RUCIO'],
  ['00400242', 'PerformedStationName', 'SH', 'STN-BABIECA'],
  ['00400244', 'PerformedProcedureStepStartDate', 'DA', '20190208'],
  ['00400245', 'PerformedProcedureStepStartTime', 'TM', '081124.567891'],
  ['00400253', 'PerformedProcedureStepID', 'SH', 'PPS-2201-W'],
  ['00400254', 'PerformedProcedureStepDescription', 'LO', 'performed by Zoraida'],
  ['00400280', 'CommentsOnThePerformedProcedureStep', 'ST', 'Gines came too late'],
  ['00401001', 'RequestedProcedureID', 'SH', 'RQP-1187-T'],
  ['0040A123', 'PersonName', 'PN', 'Carrasco^Sanson'],
  ['00700084', 'ContentCreatorName', 'PN', 'Benengeli^Hamete'],
  // Fields that may leave because they are no one's: here they hold a name.
  ['00080070', 'Manufacturer', 'LO', 'Maker of Quixote'],
  ['00081090', 'ManufacturerModelName', 'LO', 'Model LM-1605-77'],
  ['00180010', 'ContrastBolusAgent', 'LO', 'agent for Quijana'],
  ['00180024', 'SequenceName', 'SH', 'seq Panza'],
  ['00181210', 'ConvolutionKernel', 'SH', 'K Quesada'],
  ['00181250', 'ReceiveCoilName', 'SH', 'coil Performera'],
  // Private: nothing of it may leave, whatever it is.
  ['00290010', 'private creator', 'LO', 'TOBOSO HEADER'],
  ['00291010', 'private', 'LO', 'private of Basilio'],
  ['00291020', 'private', 'UN', 'unknown of Quiteria'],
];

/** Hand-made roots: nobody else's, and unlike those that stand in for them. */
export const UID = (n: number | string) => `1.2.840.99991.77.${n}`;
const FRAME = UID(3);
const SERIES = UID(2);
const STUDY = UID(1);

/** Names of regions that no export may show, each for another reason; the first is harmless. */
export const REGION_NAMES = [
  'Lesion',
  'node of Quixote',
  'Кихот, узел',
  '堂吉诃德 病灶',
  'seen 2019-02-04',
  `on ${UID(2)}`,
  'GTV by Panza, Sancho',
] as const;

/** A mask whose file and folder are called after somebody. */
const MASK_PATH = 'Sansonetto/Merlin_of_Gaul.nii.gz';
const IMAGE_FOLDER = 'Belianis-of-Greece';

const SIDE = 14;
const SLICES = 4;
const FRAMES = 12;
const MR = '1.2.840.10008.5.1.4.1.1.4';

const element = (vr: string, value: string): DicomElement =>
  vr === 'UN'
    ? { vr, length: value.length, bytes: new TextEncoder().encode(value) }
    : { vr, length: value.length, text: value };

const planted = (): Attributes =>
  Object.fromEntries([
    ...PLANTED.map(([tag, , vr, value]) => [tag, element(vr, value)] as const),
    [
      '00400275', // RequestAttributesSequence
      {
        vr: 'SQ',
        length: 0,
        items: [
          {
            '00321032': element('PN', 'Anidada^Dorotea'),
            '00400009': element('SH', 'SPS-4410-R'),
            '00401001': element('SH', 'RQP-5521-S'),
          },
        ],
      },
    ],
    [
      '00101002', // OtherPatientIDsSequence
      { vr: 'SQ', length: 0, items: [{ '00100020': element('LO', 'INNER-3307-ID') }] },
    ],
  ]) as Attributes;

const IN_SEQUENCES = ['Anidada', 'Dorotea', 'SPS-4410-R', 'RQP-5521-S', 'INNER-3307-ID'];

/** Every text that may not leave: whole values, words of names, dates, UIDs, names of files and regions. */
export const IDENTIFYING: readonly string[] = [
  ...new Set([
    ...PLANTED.flatMap(([, , vr, value]) => (vr === 'PN' ? value.split(/[\^=]/) : [value])),
    'Quixote',
    'LM-1605-77',
    // Words of free texts and places that stand for a person or a place.
    ...[
      'Argamasilla',
      'Dulcinea',
      'Aldonza',
      'Altisidora',
      'Cardenio',
      'Luscinda',
      'Maritornes',
      'Rodriguez',
    ],
    ...['Trifaldi', 'Zoraida', 'Gines', 'Basilio', 'Quiteria', 'Biscayan', 'Toboso', 'Molinos', 'Criptana'],
    ...['Barataria', 'Montesinos', 'Puertolapice', 'Clavileno', 'Ruidera', 'ROCINANTE', 'RUCIO', 'BABIECA'],
    ...IN_SEQUENCES,
    ...['2019-02-04', '101112.654321', '1.2.840.99991'],
    ...REGION_NAMES.slice(1),
    ...['Merlin', 'Gaul', 'Sansonetto', 'Belianis'],
    ...['Вельможа', 'Оператор', 'Etiqueta', 'Nombre-set'],
  ]),
];

/** Bytes of a Cyrillic text in ISO-IR 144. */
const cyrillic = (text: string): Uint8Array =>
  Uint8Array.from(text, (c) => (c >= 'А' && c <= 'я' ? c.charCodeAt(0) - 0x410 + 0xb0 : c.charCodeAt(0)));

export interface PlantedFile {
  /** With its folders. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Signal of a voxel at a frame: contrast comes at the third, and washes out of every voxel at its own pace. */
const signal = (voxel: number, frame: number): number => {
  const base = 200 + ((voxel * 37) % 61);
  const since = Math.max(0, frame - 2);
  return Math.round(
    base * (1 + (0.9 + (voxel % 5) / 10) * (1 - Math.exp(-since / 2)) * Math.exp(-since / 40)),
  );
};

const study = (): Attributes =>
  joined(
    planted(),
    attributesOf({ SpecificCharacterSet: 'ISO_IR 192', StudyInstanceUID: STUDY, FrameOfReferenceUID: FRAME }),
  );

function slice(frame: number, k: number): PlantedFile {
  const number = frame * SLICES + k;
  const pixels = Uint16Array.from({ length: SIDE * SIDE }, (_, i) => signal(i + k * SIDE * SIDE, frame));
  const image = joined(
    study(),
    attributesOf({
      SOPClassUID: MR,
      SOPInstanceUID: UID(`4.${number}`),
      SeriesInstanceUID: SERIES,
      Modality: 'MR',
      AcquisitionTime: `1011${String(12 + 3 * frame).padStart(2, '0')}.654321`,
      TemporalPositionIdentifier: frame + 1,
      NumberOfTemporalPositions: FRAMES,
      InstanceNumber: number + 1,
      ScanningSequence: 'GR',
      MRAcquisitionType: '3D',
      RepetitionTime: 5,
      EchoTime: 2,
      FlipAngle: 20,
      MagneticFieldStrength: 1.5,
      ImagePositionPatient: [0, 0, 3 * k],
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      PixelSpacing: [2, 2],
      SliceThickness: 3,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: SIDE,
      Columns: SIDE,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
    }),
  );
  return { path: `${IMAGE_FOLDER}/Quixote_${number}.dcm`, bytes: writeDicom(image, pixels) };
}

function regions(names: readonly string[], sop: number, more: Attributes): PlantedFile {
  const planes = Array.from({ length: SLICES }, (_, k) => ({ sopClassUid: MR, sopUid: UID(`4.${k}`) }));
  const contours = (at: number) =>
    planes.map((_, k) => {
      const [low, high, z] = [2 + (at % 3), 22 + (at % 2), 3 * k];
      return {
        points: [
          [low, low, z],
          [high, low, z],
          [high, high, z],
          [low, high, z],
        ] as const,
      };
    });
  const set = structureSet(
    joined(study(), more),
    {
      seriesUid: UID(`5.${sop}`),
      seriesNumber: 2,
      description: 'contours by Cardenio',
      frameOfReferenceUid: FRAME,
    },
    UID(`6.${sop}`),
    'Etiqueta',
    names.map((name, at) => ({ name, colour: [255, 40 * at, 0], contours: contours(at) })),
    { seriesUid: SERIES, planes },
  );
  const called = attributesOf({ StructureSetName: 'Nombre-set' });
  return { path: `${IMAGE_FOLDER}/RS_Quijana_${sop}.dcm`, bytes: writeDicom(joined(set, called, more)) };
}

/** Its files: images, two structure sets (the second in another character set), and a mask called after somebody. */
export function plantedStudy(): PlantedFile[] {
  const numbers = Array.from({ length: FRAMES * SLICES }, (_, n) => n);
  const ascii = Object.fromEntries(
    PLANTED.filter(([, , , value]) => /[^\x00-\x7f]/.test(value)).map(([tag, , vr]) => [
      tag,
      element(vr, ''),
    ]),
  ) as Attributes;
  const operator = { vr: 'PN', length: 0, bytes: cyrillic('Вельможа^Оператор') };
  const data = Uint8Array.from({ length: SIDE * SIDE * SLICES }, (_, i) =>
    i % SIDE > 2 && i % SIDE < 11 && Math.floor(i / SIDE) % SIDE > 2 && Math.floor(i / SIDE) % SIDE < 11
      ? 1
      : 0,
  );
  const affine = {
    origin: [0, 0, 0],
    matrix: [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 3],
    ],
  } as const;
  const mask = writeNifti(
    { grid: { size: [SIDE, SIDE, SLICES], affine }, data },
    { description: 'of Quixote' },
  );
  return [
    ...numbers.map((n) => slice(Math.floor(n / SLICES), n % SLICES)),
    regions(REGION_NAMES, 1, {}),
    regions(['Second'], 2, {
      ...ascii,
      ...attributesOf({ SpecificCharacterSet: 'ISO_IR 144' }),
      '00081070': operator,
    }),
    { path: MASK_PATH, bytes: mask as Uint8Array<ArrayBuffer> },
  ];
}
