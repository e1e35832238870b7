const STORAGE = '1.2.840.10008.5.1.4.1.1.';

/** Instances that are no images, by the beginning of their SOP class. The longest match counts. */
const KINDS: readonly (readonly [prefix: string, kind: string])[] = [
  ['1.2.840.10008.1.3.10', 'dicomdir'],
  [`${STORAGE}88.59`, 'ko'],
  [`${STORAGE}88.`, 'sr'],
  [`${STORAGE}9.`, 'waveform'],
  [`${STORAGE}11.`, 'pr'],
  [`${STORAGE}66`, 'raw'],
  [`${STORAGE}66.1`, 'registration'],
  [`${STORAGE}66.2`, 'fiducials'],
  [`${STORAGE}66.3`, 'registration'],
  [`${STORAGE}66.4`, 'seg'],
  [`${STORAGE}66.5`, 'surface'],
  [`${STORAGE}66.7`, 'seg'],
  [`${STORAGE}67`, 'rwv'],
  [`${STORAGE}91.1`, 'ann'],
  [`${STORAGE}104.1`, 'pdf'],
  [`${STORAGE}104.2`, 'cda'],
  [`${STORAGE}104.3`, 'stl'],
  [`${STORAGE}481.3`, 'rtstruct'],
  [`${STORAGE}481.4`, 'rtrecord'],
  [`${STORAGE}481.5`, 'rtplan'],
  [`${STORAGE}481.8`, 'rtplan'],
  ['1.2.840.10008.5.1.4.34.7', 'rtplan'],
];

/** What an instance of this SOP class is when it is no image; undefined for images and unknown classes. */
export function objectKindOf(sopClass: string): string | undefined {
  let best: readonly [string, string] | undefined;
  for (const entry of KINDS) {
    const fits = entry[0].endsWith('.') ? sopClass.startsWith(entry[0]) : sopClass === entry[0];
    if (fits && (!best || entry[0].length > best[0].length)) best = entry;
  }
  return best?.[1];
}
