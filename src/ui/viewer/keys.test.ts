import { describe, expect, it } from 'vitest';
import { commandOf } from './keys.ts';

const press = (key: string, more: Partial<Parameters<typeof commandOf>[0]> = {}) =>
  commandOf({ key, code: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

describe('keys', () => {
  it('arrows and page keys go through the slices, up is up', () => {
    expect(press('ArrowUp')).toEqual({ kind: 'slice', by: 1 });
    expect(press('ArrowDown')).toEqual({ kind: 'slice', by: -1 });
    expect(press('PageUp')).toEqual({ kind: 'slice', by: 10 });
    expect(press('End')).toEqual({ kind: 'end', side: 'bottom' });
  });
  it('shift and arrows move the crosshair', () => {
    expect(press('ArrowLeft', { shiftKey: true })).toEqual({ kind: 'move', columns: -1, rows: 0 });
    expect(press('ArrowLeft')).toEqual({ kind: 'phase', by: -1 });
  });
  it('letters work on a Russian layout, by their place', () => {
    expect(press('ш', { code: 'KeyI' })).toEqual({ kind: 'invert' });
    expect(press('щ', { code: 'KeyO' })).toEqual({ kind: 'map' });
    expect(press('б', { code: 'Comma' })).toMatchObject({ kind: 'window', dy: -10 });
    expect(press('Б', { code: 'Comma', shiftKey: true })).toMatchObject({ kind: 'window', dx: -20 });
    expect(press('>', { code: 'Period', shiftKey: true })).toMatchObject({ kind: 'window', dx: 20 });
  });
  it('digits choose presets, from the number pad too', () => {
    expect(press('3', { code: 'Digit3' })).toEqual({ kind: 'preset', number: 3 });
    expect(press('4', { code: 'Numpad4' })).toEqual({ kind: 'preset', number: 4 });
    expect(press('5', { code: 'Digit5' })).toBeUndefined();
  });
  it('leaves the browser and the brushes their own: ctrl, alt, meta, Tab, B, E, brackets', () => {
    expect(press('r', { code: 'KeyR', ctrlKey: true })).toBeUndefined();
    expect(press('ArrowLeft', { altKey: true })).toBeUndefined();
    expect(press('c', { code: 'KeyC', metaKey: true })).toBeUndefined();
    expect(press('Tab')).toBeUndefined();
    for (const code of ['KeyB', 'KeyE', 'BracketLeft', 'BracketRight'])
      expect(press('b', { code })).toBeUndefined();
    expect(press('[')).toBeUndefined();
    expect(press('z', { code: 'KeyZ', ctrlKey: true })).toBeUndefined();
    expect(press('constructor')).toBeUndefined();
  });
});
