/** What a key asks of the viewer. `slice` counts up: towards superior, anterior, right. */
export type Command =
  | { readonly kind: 'slice'; readonly by: number }
  | { readonly kind: 'end'; readonly side: 'top' | 'bottom' }
  | { readonly kind: 'move'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'phase'; readonly by: 1 | -1 }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'preset'; readonly number: number }
  | { readonly kind: 'window'; readonly dx: number; readonly dy: number }
  | {
      readonly kind:
        | 'invert'
        | 'reset'
        | 'crosshair'
        | 'masks'
        | 'map'
        | 'smooth'
        | 'maximise'
        | 'restore'
        | 'help'
        | 'layout'
        | 'plane'
        | 'distance'
        | 'profile'
        | 'readings'
        | 'cine';
    };

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>;

const ZOOM_STEP = 1.25;
const PAGE = 10;

/**
 * Letters by the place of the key as well, so that they work on a Russian layout. B, E and the brackets are left to
 * brushes (`tool.ts`), Ctrl + Z to undoing.
 */
const LETTERS: Readonly<Record<string, Command>> = {
  KeyI: { kind: 'invert' },
  KeyR: { kind: 'reset' },
  KeyC: { kind: 'crosshair' },
  KeyM: { kind: 'masks' },
  KeyO: { kind: 'map' },
  KeyV: { kind: 'smooth' },
  KeyL: { kind: 'layout' },
  KeyX: { kind: 'plane' },
  KeyD: { kind: 'distance' },
  KeyF: { kind: 'profile' },
  KeyN: { kind: 'readings' },
  KeyK: { kind: 'cine' },
};

const NAMED: Readonly<Record<string, Command>> = {
  ArrowUp: { kind: 'slice', by: 1 },
  ArrowDown: { kind: 'slice', by: -1 },
  ArrowLeft: { kind: 'phase', by: -1 },
  ArrowRight: { kind: 'phase', by: 1 },
  PageUp: { kind: 'slice', by: PAGE },
  PageDown: { kind: 'slice', by: -PAGE },
  Home: { kind: 'end', side: 'top' },
  End: { kind: 'end', side: 'bottom' },
  Enter: { kind: 'maximise' },
  Escape: { kind: 'restore' },
  ' ': { kind: 'reset' },
  '+': { kind: 'zoom', factor: ZOOM_STEP },
  '=': { kind: 'zoom', factor: ZOOM_STEP },
  '-': { kind: 'zoom', factor: 1 / ZOOM_STEP },
  '<': { kind: 'window', dx: -20, dy: 0 },
  '>': { kind: 'window', dx: 20, dy: 0 },
  ',': { kind: 'window', dx: 0, dy: -10 },
  '.': { kind: 'window', dx: 0, dy: 10 },
  '?': { kind: 'help' },
};

const SHIFTED: Readonly<Record<string, Command>> = {
  ArrowUp: { kind: 'move', columns: 0, rows: -1 },
  ArrowDown: { kind: 'move', columns: 0, rows: 1 },
  ArrowLeft: { kind: 'move', columns: -1, rows: 0 },
  ArrowRight: { kind: 'move', columns: 1, rows: 0 },
};

/** The same keys by their place, for layouts where they type something else. */
const PLACES: Readonly<Record<string, Command>> = {
  Comma: NAMED[',']!,
  Period: NAMED['.']!,
  NumpadAdd: NAMED['+']!,
  NumpadSubtract: NAMED['-']!,
};

const SHIFTED_PLACES: Readonly<Record<string, Command>> = { Comma: NAMED['<']!, Period: NAMED['>']! };

const own = (table: Readonly<Record<string, Command>>, key: string): Command | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** The command of a key press on a plane; undefined leaves the key to the browser. */
export function commandOf(press: KeyPress): Command | undefined {
  if (press.ctrlKey || press.altKey || press.metaKey) return undefined;
  if (press.shiftKey) {
    const shifted = own(SHIFTED, press.key) ?? own(SHIFTED_PLACES, press.code);
    if (shifted) return shifted;
  }
  const digit = /^(?:Digit|Numpad)([1-4])$/.exec(press.code);
  if (digit && /^[1-4]$/.test(press.key)) return { kind: 'preset', number: Number(digit[1]) };
  if (/^[1-4]$/.test(press.key)) return { kind: 'preset', number: Number(press.key) };
  return (
    own(NAMED, press.key) ??
    own(LETTERS, press.code) ??
    (press.shiftKey ? undefined : own(PLACES, press.code))
  );
}
