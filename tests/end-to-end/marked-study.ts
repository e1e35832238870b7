import type { Attributes } from '../../src/core/dicom.ts';
import { attributesOf, joined } from '../../src/formats/dicom/write/attributes-of.ts';
import { writeDicom } from '../../src/formats/dicom/write/part10.ts';
import { studyModule } from '../../src/formats/dicom/write/modules.ts';
import { structureSet } from '../../src/formats/dicom/write/structure-set.ts';

/** A word that stands in every identifying attribute of the study, and nowhere else in the world. */
export const MARKER = 'Zzyzx';

const SIDE = 32;
const SLICES = 6;
const CT = '1.2.840.10008.5.1.4.1.1.2';

export interface UploadedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export const asFile = (name: string, bytes: Uint8Array | string): UploadedFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});

/** A CT of a few slices, described by `text`, and one square region on it under each of the given names. */
export function markedStudy(text: string, regions: readonly string[]): UploadedFile[] {
  const uid = (n: number) => `2.25.77${n}`;
  const slices = Array.from({ length: SLICES }, (_, k) => k);
  const plane = (k: number) =>
    Uint16Array.from({ length: SIDE * SIDE }, (_, i) => 1000 + ((i * 37 + k * 211 + (i % 7) * 53) % 400));
  const image = (k: number): Attributes =>
    joined(
      attributesOf({
        SOPClassUID: CT,
        SOPInstanceUID: uid(100 + k),
        SpecificCharacterSet: 'ISO_IR 192',
        Modality: 'CT',
        StudyDescription: text,
        SeriesDescription: text,
        Manufacturer: text,
        PatientName: `${MARKER}^Name`,
        PatientID: `${MARKER}-id`,
        AccessionNumber: `${MARKER}-acc`,
        SeriesInstanceUID: uid(2),
        StudyInstanceUID: uid(1),
        FrameOfReferenceUID: uid(3),
        ImagePositionPatient: [0, 0, 2 * k],
        ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
        PixelSpacing: [1, 1],
        SliceThickness: 2,
        SamplesPerPixel: 1,
        PhotometricInterpretation: 'MONOCHROME2',
        Rows: SIDE,
        Columns: SIDE,
        BitsAllocated: 16,
        BitsStored: 12,
        HighBit: 11,
        PixelRepresentation: 0,
        RescaleIntercept: -1024,
        RescaleSlope: 1,
      }),
    );
  const square = (z: number, edge: number) => ({
    points: [
      [4, 4, z],
      [edge, 4, z],
      [edge, edge, z],
      [4, edge, z],
    ] as const,
  });
  const set = structureSet(
    studyModule({
      patientName: `${MARKER}^Name`,
      patientId: `${MARKER}-id`,
      studyUid: uid(1),
      studyId: 'S',
      studyDescription: text,
      date: '20260102',
      time: '030405',
      maker: 'Test',
    }),
    {
      seriesUid: uid(4),
      seriesNumber: 2,
      description: text,
      frameOfReferenceUid: uid(3),
    },
    uid(5),
    'regions',
    regions.map((name, i) => ({
      name,
      colour: [255, 60 + i, 0],
      contours: slices.slice(1, -1).map((k) => square(2 * k, 20 + (i % 8))),
    })),
    { sopClassUid: CT, seriesUid: uid(2), sopUids: slices.map((k) => uid(100 + k)) },
  );
  return [
    ...slices.map((k) => asFile(`slice-${k}.dcm`, writeDicom(image(k), plane(k)))),
    asFile('regions.dcm', writeDicom(set)),
  ];
}
