import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { sniff } from './recognise.ts';

const header = (magic: string, size = 348, at = 344): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(600);
  new DataView(bytes.buffer).setInt32(0, size, true);
  new DataView(bytes.buffer).setInt16(40, 3, true);
  [...magic].forEach((c, i) => (bytes[at + i] = c.charCodeAt(0)));
  return bytes;
};
const dicom = new Uint8Array(200);
dicom.set([0x44, 0x49, 0x43, 0x4d], 128);
const mgh = new Uint8Array(300);
[1, 2, 2, 2, 1, 3].forEach((n, i) => new DataView(mgh.buffer).setInt32(4 * i, n));
const swapped = header('n+1');
[swapped[0], swapped[1], swapped[2], swapped[3]] = [0, 0, 1, 0x5c];
/** int16 voxels that read like a data set in implicit little-endian: group 0008, a length that fits. */
const misleading = Uint8Array.from([8, 0, 5, 0, 2, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);

describe('sniff', () => {
  it.each([
    ['x', dicom, 'dicom'],
    ['x.nii', header('n+1'), 'nifti'],
    ['renamed.dcm', header('n+1'), 'nifti'],
    ['big', swapped, 'nifti'],
    ['two', header('n+2', 540, 4), 'nifti'],
    ['x.hdr', header('ni1'), 'nifti-header'],
    ['x.hdr', header(''), 'nifti-header'],
    ['x.mgh', mgh, 'mgh'],
    ['x', new TextEncoder().encode('NRRD0004\n'), 'nrrd'],
    ['x', zipSync({ a: new Uint8Array(1) }), 'zip'],
    ['empty.zip', zipSync({}), 'zip'],
    ['x.nii.gz', gzipSync(header('n+1')), 'gzip-nifti'],
    ['no-suffix', gzipSync(header('n+1')), 'gzip-nifti'],
    ['x.hdr.gz', gzipSync(header('ni1')), 'nifti-header'],
    ['x.mgz', gzipSync(mgh), 'mgh'],
    ['x.dcm.gz', gzipSync(dicom), 'gzip'],
    ['x.img.gz', gzipSync(new Uint8Array(64)), 'nifti-image'],
    ['x.img', new Uint8Array(64), 'nifti-image'],
    ['x.raw', misleading, 'nifti-image'],
    ['x.img', dicom, 'dicom'],
    ['x.nii.gz', Uint8Array.of(0x1f, 0x8b, 8, 0), 'gzip-nifti'],
    ['x.txt', new TextEncoder().encode('hello, world'), 'unknown'],
    ['x.txt.gz', gzipSync(new TextEncoder().encode('hello')), 'unknown'],
    ['x', new Uint8Array(0), 'unknown'],
  ] as const)('%s is recognised (%#)', (name, bytes, kind) => {
    expect(sniff(bytes, name)).toBe(kind);
  });
});
