import { writePng } from '../../formats/png.ts';
import type { ReportedPicture } from '../content/content.ts';
import type { SliceCut } from './slice-cut.ts';
import { slicePicture } from './slice-picture.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes as base64 (RFC 4648, section 4). */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    parts.push(
      ALPHABET[word >> 18]! +
        ALPHABET[(word >> 12) & 63]! +
        (left > 1 ? ALPHABET[(word >> 6) & 63]! : '=') +
        (left > 2 ? ALPHABET[word & 63]! : '='),
    );
  }
  return parts.join('');
}

/** A slice as it stands in a report; `unit` is that of its grey values, or of the colours over them. */
export function pictureFile(cut: SliceCut, caption: string, unit: string): ReportedPicture {
  const { edges, scale, ...picture } = slicePicture(cut);
  const [low, high] = cut.over?.range ?? cut.range;
  return {
    png: base64(writePng(picture)),
    columns: picture.columns,
    rows: picture.rows,
    scale,
    bar: { kind: cut.over ? 'viridis' : 'grey', low, high, unit },
    caption,
    edges,
  };
}
