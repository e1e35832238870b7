import { RefusedInput } from '../../core/refusal.ts';
import { bad, type NrrdHeader } from './header.ts';

const MOST_FILES = 20_000;

/**
 * Names of the data files of a detached header in order: one name, a list, or a printf pattern with its range.
 * Undefined when the data are attached.
 * @throws RefusedInput `detached_data_missing` for a name that leads out of the header's folder; `bad_nrrd`.
 */
export function dataFiles({ fields, list }: NrrdHeader): string[] | undefined {
  const text = fields.get('datafile');
  if (text === undefined) return undefined;
  const names = /^LIST(\s+\d+)?$/.test(text) ? [...list] : (fromPattern(text) ?? [text]);
  if (names.length < 1 || names.length > MOST_FILES) throw bad('data files', `1…${MOST_FILES}`, names.length);
  return names.map(insideFolder);
}

/** `slice%03d.raw 1 20 1 [2]`: a pattern, first, last, step, and the dimension of each file. */
function fromPattern(text: string): string[] | undefined {
  // The search below is quadratic in the length of a hostile line.
  if (text.length > 4096) return undefined;
  const found = /^(.*)%(0?)(\d{0,2})d(\S*)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)(?:\s+\d+)?$/.exec(text);
  if (!found) return undefined;
  const [, before, zeros, width, after] = found;
  const [first, last, step] = [Number(found[5]), Number(found[6]), Number(found[7])];
  const count = Math.floor((last - first) / step) + 1;
  if (!(count >= 1 && count <= MOST_FILES)) throw bad('data files', `1…${MOST_FILES}`, count);
  return Array.from({ length: count }, (_, k) => {
    const number = String(first + k * step).padStart(Number(width), zeros === '0' ? '0' : ' ');
    return `${before}${number}${after}`;
  });
}

/** A header may name what lies in its folder or below; anything else is not looked for. */
function insideFolder(given: string): string {
  const name = given.replace(/^(\.\/)+/, '');
  const outside =
    name === '' ||
    name.startsWith('/') ||
    /^[A-Za-z][A-Za-z0-9+.-]*:/.test(name) ||
    name.includes('\\') ||
    name.includes('\0') ||
    name.split('/').includes('..');
  if (outside) throw new RefusedInput('detached_data_missing', { name: given.slice(0, 200) });
  return name;
}
