import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attributes } from '../../src/core/dicom.ts';
import { attributesOf, joined } from '../../src/formats/dicom/write/attributes-of.ts';
import { writeDicom } from '../../src/formats/dicom/write/part10.ts';
import { makeCtSample } from '../../src/quality/phantoms/sample-study.ts';
import { picture, visit, type Visit } from './page.ts';

const HOSTILE = [
  '<img src=x onerror="globalThis.__pwned=1">',
  '"><script>globalThis.__pwned=1</script>',
  '<svg/onload=globalThis.__pwned=1>',
  'javascript:globalThis.__pwned=1//',
  '{{constructor.constructor("globalThis.__pwned=1")()}}',
  '=HYPERLINK("http://127.0.0.1/","x")',
  '__proto__',
  '\u202egnp.exe',
];
const MARKER = 'Zzyzx^Marker';

const pixels = Uint16Array.from({ length: 256 }, (_, i) => i * 10);

/** One small CT image whose every text is hostile. */
function hostile(text: string, i: number): Uint8Array {
  const attributes: Attributes = joined(
    attributesOf({
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
      SOPInstanceUID: `2.25.${1000 + i}`,
      SpecificCharacterSet: 'ISO_IR 192',
      Modality: 'CT',
      SeriesDescription: text,
      StudyDescription: text,
      Manufacturer: text,
      PatientName: MARKER,
      PatientID: text,
      SeriesInstanceUID: `2.25.${2000 + i}`,
      StudyInstanceUID: '2.25.3000',
      ImagePositionPatient: [0, 0, 0],
      ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
      PixelSpacing: [1, 1],
      SliceThickness: 2,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: 16,
      Columns: 16,
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      RescaleIntercept: -1024,
      RescaleSlope: 1,
    }),
  );
  return writeDicom(attributes, pixels);
}

const asFile = (name: string, bytes: Uint8Array | string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});

describe('hostile and broken files on the page', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
  });
  afterAll(() => v.leave());

  it('opens what is good, names what is not, and stays alive', async () => {
    const good = makeCtSample().map((f) => asFile(f.path.split('/').pop()!, f.bytes));
    const whole = good[0].buffer;
    await v.page
      .locator('input[type=file]:not([webkitdirectory])')
      .first()
      .setInputFiles([
        ...good,
        asFile('empty.dcm', ''),
        asFile('notes.txt', 'This is no image.\n'.repeat(50)),
        asFile('cut.dcm', whole.subarray(0, whole.length >> 1)),
        asFile('archive.zip', 'PK\u0003\u0004 but nothing more'),
      ]);
    await v.page.getByText('Lesion', { exact: true }).first().waitFor({ timeout: 60_000 });
    for (const name of ['empty.dcm', 'notes.txt', 'cut.dcm', 'archive.zip']) {
      await v.page.getByText(name, { exact: false }).first().waitFor({ timeout: 10_000 });
    }
    await picture(v, 'refused-files');
  });

  it('shows hostile text as text, also in the tag browser', async () => {
    await v.page
      .locator('input[type=file]:not([webkitdirectory])')
      .first()
      .setInputFiles(HOSTILE.map((t, i) => asFile(`hostile-${i}.dcm`, hostile(t, i))));
    await v.page.getByText(HOSTILE[1], { exact: false }).first().waitFor({ timeout: 30_000 });
    await v.page.waitForTimeout(500);
    expect(await v.page.evaluate(() => (globalThis as { __pwned?: number }).__pwned)).toBeUndefined();
    await picture(v, 'hostile-text');
  });

  it('kept the name of the patient out of title, address, console and storage', async () => {
    const where = await v.page.evaluate(() => ({
      title: document.title,
      address: location.href,
      storage: JSON.stringify({ ...localStorage }),
    }));
    expect(JSON.stringify(where)).not.toContain('Zzyzx');
    expect(v.errors.join()).not.toContain('Zzyzx');
    expect({ violations: v.violations, errors: v.errors, strangers: v.strangers() }).toEqual({
      violations: [],
      errors: [],
      strangers: [],
    });
  });
});
