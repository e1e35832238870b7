import { describe, expect, it } from 'vitest';
import { commandOf, type Command } from './keys.ts';
import { MeasureTool } from './measure-tool.svelte.ts';
import { SHORTCUTS } from './shortcuts.ts';

type Press = Parameters<typeof commandOf>[0];
const press = (more: Partial<Press>): Press => ({
  key: '',
  code: '',
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

/** Every command that any key can ask for. */
const KEYS = [
  ...['Up', 'Down', 'Left', 'Right'].map((way) => `Arrow${way}`),
  ...['PageUp', 'PageDown', 'Home', 'End', 'Enter', 'Escape', 'Delete', 'Tab', ' ', '?', '<', '>', '[', ']'],
  ...'+-=,.;/\\'.split(''),
];
const CODES = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Key${letter}`);
const all = (): Command[] =>
  [...KEYS.map((key) => ({ key })), ...CODES.map((code) => ({ code }))]
    .flatMap((one) => [press(one), press({ ...one, shiftKey: true })])
    .flatMap((one) => commandOf(one) ?? []);

describe('the sheet of shortcuts', () => {
  it.each(SHORTCUTS.filter(({ by }) => by === undefined))('$keys are keys of the viewer', ({ presses }) => {
    for (const one of presses) expect(commandOf(press(one))).toBeDefined();
  });

  it('names every command that a key asks for', () => {
    const sheet = new Set(
      SHORTCUTS.filter(({ by }) => by === undefined).flatMap(({ presses }) =>
        presses.map((one) => JSON.stringify(commandOf(press(one)))),
      ),
    );
    const missing = all().filter((command) => !sheet.has(JSON.stringify(command)));
    expect(missing).toEqual([]);
    expect(all().length).toBeGreaterThan(25);
  });

  it('leaves B, E, brackets and Z to the tools: nothing is listed or answered there', () => {
    const kept = ['KeyB', 'KeyE', 'KeyZ', 'BracketLeft', 'BracketRight'];
    for (const code of kept) expect(commandOf(press({ code }))).toBeUndefined();
  });

  it('what the ruler answers is answered only by it', () => {
    expect(MeasureTool.prototype.key).toBeTypeOf('function');
    expect(commandOf(press({ key: 'Delete' }))).toBeUndefined();
  });
});
