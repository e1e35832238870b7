export const IMPLICIT_LE = '1.2.840.10008.1.2';
export const EXPLICIT_LE = '1.2.840.10008.1.2.1';
export const EXPLICIT_BE = '1.2.840.10008.1.2.2';
export const DEFLATED = '1.2.840.10008.1.2.1.99';

const JPEG = '1.2.840.10008.1.2.4.';

export type Codec =
  'native' | 'encapsulated' | 'deflated-frames' | 'rle' | 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000';

/** How the pixels of a transfer syntax are stored; undefined for those that are not read (video, JPEG XL, …). */
export function codecOf(transferSyntax: string): Codec | undefined {
  return CODECS[transferSyntax];
}

const CODECS: Readonly<Record<string, Codec>> = Object.assign(Object.create(null) as Record<string, Codec>, {
  [IMPLICIT_LE]: 'native',
  [EXPLICIT_LE]: 'native',
  [EXPLICIT_BE]: 'native',
  [DEFLATED]: 'native',
  '1.2.840.113619.5.2': 'native', // GE private: little endian but for the pixels
  '1.2.840.10008.1.2.1.98': 'encapsulated',
  '1.2.840.10008.1.2.8.1': 'deflated-frames',
  '1.2.840.10008.1.2.5': 'rle',
  ...Object.fromEntries(['50', '51', '52', '53', '54', '55', '56'].map((n) => [JPEG + n, 'jpeg'])),
  ...Object.fromEntries(['57', '58', '65', '66', '70'].map((n) => [JPEG + n, 'jpeg-lossless'])),
  ...Object.fromEntries(['80', '81'].map((n) => [JPEG + n, 'jpeg-ls'])),
  // 201 to 203 are HTJ2K, another block coder in the same codestream.
  ...Object.fromEntries(['90', '91', '92', '93', '201', '202', '203'].map((n) => [JPEG + n, 'jpeg-2000'])),
} satisfies Record<string, Codec>);
