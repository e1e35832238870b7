import type { Attributes, DicomElement } from '../../core/dicom.ts';

/** One line of the tag browser: an element, or the head of an item of a sequence. */
export interface TagLine {
  /** Path of tags and item numbers; unique in the file. */
  readonly id: string;
  readonly depth: number;
  readonly tag: string;
  readonly vr: string;
  /** Number of the item, from 1, for heads of items. */
  readonly item?: number;
  readonly element?: DicomElement;
}

/** Deeper nesting than this is not listed: readers refuse it long before. */
const DEEPEST = 32;

/** All elements of a file in order, sequences unfolded; without recursion, so that no file can exhaust the stack. */
export function tagLines(attributes: Attributes): TagLine[] {
  const lines: TagLine[] = [];
  const waiting: (TagLine | { readonly unfold: Attributes; readonly depth: number; readonly id: string })[] =
    [{ unfold: attributes, depth: 0, id: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (!('unfold' in next)) {
      lines.push(next);
      continue;
    }
    const { unfold, depth, id } = next;
    const inner: typeof waiting = [];
    for (const tag of Object.keys(unfold).sort()) {
      const element = unfold[tag]!;
      const path = `${id}/${tag}`;
      inner.push({ id: path, depth, tag, vr: element.vr, element });
      if (depth >= DEEPEST) continue;
      element.items?.forEach((item, i) => {
        inner.push({ id: `${path}[${i}]`, depth: depth + 1, tag: '', vr: '', item: i + 1 });
        inner.push({ unfold: item, depth: depth + 1, id: `${path}[${i}]` });
      });
    }
    for (let i = inner.length - 1; i >= 0; i--) waiting.push(inner[i]!);
  }
  return lines;
}

/** `00280010` as `(0028,0010)`. */
export const shownTag = (tag: string): string =>
  /^[0-9A-Fa-f]{8}$/.test(tag) ? `(${tag.slice(0, 4)},${tag.slice(4)})` : tag;

/** Value of an element as text; binary values as bytes, long ones by their length. */
export function valueText(element: DicomElement): string {
  if (element.items) return '';
  // One NUL or space at the end pads a value to an even length; it says nothing.
  if (element.text !== undefined) return element.text.replace(/[\0 ]$/, '');
  if (element.numbers) {
    return element.numbers
      .map((n) => (element.vr === 'AT' ? shownTag(n.toString(16).toUpperCase().padStart(8, '0')) : String(n)))
      .join('\\');
  }
  if (element.bytes) {
    const some = [...element.bytes.subarray(0, 1024)].map((b) => b.toString(16).padStart(2, '0')).join(' ');
    return element.bytes.length > 1024 ? `${some} …` : some;
  }
  return '';
}

/** A run of text, or one character that would not be seen or would reorder its neighbours. */
export interface Piece {
  readonly text: string;
  readonly mark: boolean;
}

// Controls, soft hyphen, zero-width and bidirectional controls, line separators, byte-order mark, tag characters.
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;

/** Text cut where hidden characters stand, each of those named by its code point: nothing stays unseen. */
export function pieces(text: string): Piece[] {
  const all: Piece[] = [];
  let run = '';
  for (const c of text) {
    if (!HIDDEN.test(c)) {
      run += c;
      continue;
    }
    if (run) all.push({ text: run, mark: false });
    run = '';
    all.push({
      text:
        c === '\n'
          ? '⏎'
          : c === '\t'
            ? '⇥'
            : c === '\r'
              ? '␍'
              : `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
      mark: true,
    });
  }
  if (run) all.push({ text: run, mark: false });
  return all;
}

/** Lines that hold the query in tag, VR, name or value, with the heads of the sequences that they stand in. */
export function searchLines(
  lines: readonly TagLine[],
  query: string,
  nameOf: (tag: string) => string,
): readonly TagLine[] {
  const wish = query.trim().toLocaleLowerCase();
  if (wish === '') return lines;
  const bare = wish.replace(/[(),\s]/g, '');
  const keep = new Set<string>();
  for (const line of lines) {
    if (!line.element) continue;
    const hit =
      (bare !== '' && line.tag.toLowerCase().includes(bare)) ||
      line.vr.toLowerCase() === wish ||
      nameOf(line.tag).toLocaleLowerCase().includes(wish) ||
      valueText(line.element).slice(0, 65_536).toLocaleLowerCase().includes(wish);
    if (!hit) continue;
    for (
      let id = line.id;
      id !== '';
      id = id.slice(0, Math.max(id.lastIndexOf('/'), id.endsWith(']') ? id.lastIndexOf('[') : 0))
    )
      keep.add(id);
  }
  return lines.filter((line) => keep.has(line.id));
}
