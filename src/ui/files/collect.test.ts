import { expect, it } from 'vitest';
import { filesOf, pickedFiles } from './collect.ts';

const file = (fullPath: string, broken = false) => ({
  isFile: true,
  isDirectory: false,
  fullPath,
  file: (done: (f: File) => void, fail: (e: unknown) => void) =>
    broken ? fail(new Error('gone')) : done(new File(['x'], fullPath)),
});

/** A folder that, like a browser's, gives its entries a hundred at a time. */
const folder = (fullPath: string, inside: readonly object[]) => ({
  isFile: false,
  isDirectory: true,
  fullPath,
  createReader() {
    let at = 0;
    return {
      readEntries(done: (entries: never[]) => void) {
        done(inside.slice(at, (at += 100)) as never[]);
      },
    };
  },
});

it('walks folders to the end, in order, more than one reading of a hundred', async () => {
  const slices = Array.from({ length: 250 }, (_, i) => file(`/study/ct/${i}.dcm`));
  const found = await filesOf([
    folder('/study', [folder('/study/ct', slices), file('/study/rs.dcm')]),
    file('/z.nii.gz'),
  ]);
  expect(found).toHaveLength(252);
  expect(found.slice(0, 2).map((f) => f.path)).toEqual(['study/ct/0.dcm', 'study/ct/1.dcm']);
  expect(found.slice(-2).map((f) => f.path)).toEqual(['study/rs.dcm', 'z.nii.gz']);
});

it('goes as deep as the disk does', async () => {
  let tree: object = file('/deep.dcm');
  for (let i = 0; i < 20_000; i++) tree = folder('/f', [tree]);
  expect(await filesOf([tree as never])).toHaveLength(1);
});

it('leaves out what systems put into folders, and keeps a file that cannot be read, for its refusal', async () => {
  const found = await filesOf([
    file('/a/.DS_Store'),
    file('/a/._b.dcm'),
    file('/a/Thumbs.db'),
    file('/a/gone.dcm', true),
  ]);
  expect(found.map((f) => f.path)).toEqual(['a/gone.dcm']);
  expect((found[0]!.content as Uint8Array).byteLength).toBe(0);
});

it('keeps the folders of a picked folder', () => {
  const picked = new File(['x'], 'a.dcm');
  Object.defineProperty(picked, 'webkitRelativePath', { value: 'study/a.dcm' });
  expect(pickedFiles([picked, new File(['y'], 'b.dcm')]).map((f) => f.path)).toEqual([
    'study/a.dcm',
    'b.dcm',
  ]);
});
