import type { Key } from '../i18n/keys.ts';

/** A line of the sheet: what to press, and what it does. `presses` are tried against `keys.ts` by a test. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: Key;
  readonly presses: readonly Partial<Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>>[];
  /** Shown only where there is something of the kind. */
  readonly when?: 'phases' | 'map' | 'layouts' | 'planes';
  /** Answered by the ruler and not by the viewer: what it needs in hand. */
  readonly by?: 'ruler';
}

/** Keys of a plane that has the focus, besides the digits of presets. */
export const SHORTCUTS: readonly Shortcut[] = [
  {
    keys: ['↑', '↓', 'PgUp', 'PgDn'],
    does: 'viewer.does.slices',
    presses: [{ key: 'ArrowUp' }, { key: 'ArrowDown' }, { key: 'PageUp' }, { key: 'PageDown' }],
  },
  { keys: ['Home', 'End'], does: 'viewer.does.ends', presses: [{ key: 'Home' }, { key: 'End' }] },
  {
    keys: ['←', '→'],
    does: 'viewer.phase',
    presses: [{ key: 'ArrowLeft' }, { key: 'ArrowRight' }],
    when: 'phases',
  },
  { keys: ['K'], does: 'viewer.cine', presses: [{ code: 'KeyK' }], when: 'phases' },
  {
    keys: ['⇧ ←↑↓→'],
    does: 'viewer.does.move',
    presses: ['ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowRight'].map((key) => ({ key, shiftKey: true })),
  },
  { keys: ['+', '−'], does: 'viewer.does.zoom', presses: [{ key: '+' }, { key: '-' }] },
  {
    keys: ['⇧ ,', '⇧ .'],
    does: 'viewer.does.width',
    presses: [
      { code: 'Comma', shiftKey: true },
      { code: 'Period', shiftKey: true },
    ],
  },
  { keys: [',', '.'], does: 'viewer.does.level', presses: [{ key: ',' }, { key: '.' }] },
  { keys: ['I'], does: 'viewer.invert', presses: [{ code: 'KeyI' }] },
  { keys: ['C'], does: 'viewer.crosshair', presses: [{ code: 'KeyC' }] },
  { keys: ['M'], does: 'viewer.masks', presses: [{ code: 'KeyM' }] },
  { keys: ['O'], does: 'map.visible', presses: [{ code: 'KeyO' }], when: 'map' },
  { keys: ['V'], does: 'viewer.smooth', presses: [{ code: 'KeyV' }] },
  { keys: ['L'], does: 'viewer.layout.next', presses: [{ code: 'KeyL' }], when: 'layouts' },
  { keys: ['X'], does: 'viewer.does.plane', presses: [{ code: 'KeyX' }], when: 'planes' },
  { keys: ['Enter'], does: 'viewer.maximise', presses: [{ key: 'Enter' }], when: 'planes' },
  { keys: ['D'], does: 'viewer.distance', presses: [{ code: 'KeyD' }] },
  { keys: ['F'], does: 'viewer.profile', presses: [{ code: 'KeyF' }] },
  { keys: ['Enter'], does: 'viewer.does.setEnd', presses: [{ key: 'Enter' }], by: 'ruler' },
  { keys: ['Delete'], does: 'viewer.does.remove', presses: [{ key: 'Delete' }], by: 'ruler' },
  { keys: ['N'], does: 'viewer.readings', presses: [{ code: 'KeyN' }] },
  { keys: ['R', 'Space'], does: 'viewer.reset', presses: [{ code: 'KeyR' }, { key: ' ' }] },
  { keys: ['Esc'], does: 'viewer.does.escape', presses: [{ key: 'Escape' }] },
  { keys: ['?'], does: 'viewer.help', presses: [{ key: '?' }] },
];
