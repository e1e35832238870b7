import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gestures } from './gestures.ts';

/** As much of an element as the gestures touch. */
class Pane extends EventTarget {
  listeners = 0;
  override addEventListener(...args: Parameters<EventTarget['addEventListener']>) {
    this.listeners++;
    super.addEventListener(...args);
  }
  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>) {
    this.listeners--;
    super.removeEventListener(...args);
  }
  getBoundingClientRect = () => ({ left: 10, top: 20 });
  setPointerCapture = () => undefined;
  closest = () => null;
}

const before = Object.getOwnPropertyDescriptor(globalThis, 'Element');
beforeAll(() => Object.defineProperty(globalThis, 'Element', { value: Pane, configurable: true }));
afterAll(() => {
  if (before) Object.defineProperty(globalThis, 'Element', before);
  else Reflect.deleteProperty(globalThis, 'Element');
});

let pane: Pane;
let calls: (string | number)[][];
let release: (() => void) | void;
beforeEach(() => {
  pane = new Pane();
  calls = [];
  const note =
    (name: string) =>
    (...facts: (number | { x: number; y: number } | undefined)[]) => {
      calls.push([
        name,
        ...facts.flatMap((fact) => (typeof fact === 'object' ? [fact.x, fact.y] : (fact ?? 'none'))),
      ]);
    };
  release = gestures({
    window: note('window'),
    pan: note('pan'),
    zoom: note('zoom'),
    slices: note('slices'),
    point: note('point'),
    hover: () => undefined,
    maximise: note('maximise'),
  })(pane as unknown as HTMLElement);
});

const send = (type: string, x: number, y: number, more: Record<string, unknown> = {}) => {
  const event = new Event(type, { cancelable: true });
  const facts = {
    clientX: x,
    clientY: y,
    pointerId: 1,
    pointerType: 'mouse',
    button: 0,
    shiftKey: false,
    ctrlKey: false,
    ...more,
  };
  for (const [key, value] of Object.entries(facts)) Object.defineProperty(event, key, { value });
  pane.dispatchEvent(event);
  return event;
};
const wheel = (deltaY: number, more: Record<string, unknown> = {}) =>
  send('wheel', 110, 120, { deltaY, deltaMode: 0, ...more });

describe('mouse', () => {
  it('a click points, even from a hand that shakes by two pixels', () => {
    send('pointerdown', 50, 60);
    send('pointermove', 51, 61);
    send('pointerup', 51, 61);
    expect(calls).toEqual([['point', 41, 41]]);
  });
  it('a left drag changes the window and does not point', () => {
    send('pointerdown', 50, 60);
    send('pointermove', 60, 60);
    send('pointermove', 60, 75);
    send('pointerup', 60, 75);
    expect(calls).toEqual([
      ['window', 10, 0],
      ['window', 0, 15],
    ]);
  });
  it('middle and shift pan, right zooms about where it began, ctrl carries the crosshair', () => {
    send('pointerdown', 50, 60, { button: 1 });
    send('pointermove', 55, 60);
    send('pointerup', 55, 60, { button: 1 });
    send('pointerdown', 50, 60, { shiftKey: true });
    send('pointermove', 50, 64);
    send('pointerup', 50, 64);
    send('pointerdown', 50, 60, { button: 2 });
    send('pointermove', 50, 45);
    send('pointerup', 50, 45, { button: 2 });
    send('pointerdown', 50, 60, { ctrlKey: true });
    send('pointermove', 52, 60);
    send('pointerup', 52, 60);
    expect(calls).toEqual([
      ['pan', 5, 0],
      ['pan', 0, 4],
      ['zoom', 40, 40, Math.exp(0.1)],
      ['point', 40, 40],
      ['point', 42, 40],
    ]);
  });
  it('movement without a pressed button does nothing', () => {
    send('pointermove', 50, 60);
    expect(calls).toEqual([]);
  });
  it('a cancelled press is no click', () => {
    send('pointerdown', 50, 60);
    send('pointercancel', 50, 60);
    expect(calls).toEqual([]);
  });
  it('keeps the context menu away', () => {
    expect(send('contextmenu', 0, 0).defaultPrevented).toBe(true);
  });
});

describe('wheel', () => {
  it('one notch is one slice, up is up, whatever the size of the notch', () => {
    wheel(120);
    wheel(-100);
    wheel(3, { deltaMode: 1 });
    expect(calls).toEqual([
      ['slices', -1],
      ['slices', 1],
      ['slices', -1],
    ]);
  });
  it('small movements of a trackpad add up', () => {
    for (let i = 0; i < 7; i++) wheel(10);
    expect(calls).toEqual([['slices', -1]]);
  });
  it('with ctrl (a pinch) it zooms and the page does not', () => {
    expect(wheel(-20, { ctrlKey: true }).defaultPrevented).toBe(true);
    expect(calls).toEqual([['zoom', 100, 100, Math.exp(0.1)]]);
  });
});

describe('two fingers', () => {
  const touch = { pointerType: 'touch' };
  it('move the picture when they slide together', () => {
    send('pointerdown', 50, 60, { ...touch, pointerId: 1 });
    send('pointerdown', 90, 60, { ...touch, pointerId: 2 });
    send('pointermove', 50, 80, { ...touch, pointerId: 1 });
    send('pointermove', 90, 80, { ...touch, pointerId: 2 });
    send('pointerup', 50, 80, { ...touch, pointerId: 1 });
    send('pointerup', 90, 80, { ...touch, pointerId: 2 });
    const pans = calls.filter(([name]) => name === 'pan').map(([, dx, dy]) => [dx, dy]);
    expect(pans).toEqual([
      [0, 10],
      [0, 10],
    ]);
    // The fingers are as far apart as before: what was zoomed on the way is taken back.
    const factors = calls.filter(([name]) => name === 'zoom').map((call) => call[3] as number);
    expect(factors.reduce((product, factor) => product * factor, 1)).toBeCloseTo(1, 12);
  });
  it('zoom by the change of their distance', () => {
    send('pointerdown', 50, 60, { ...touch, pointerId: 1 });
    send('pointerdown', 150, 60, { ...touch, pointerId: 2 });
    send('pointermove', 250, 60, { ...touch, pointerId: 2 });
    const factors = calls.filter(([name]) => name === 'zoom').map((call) => call[3]);
    expect(factors).toEqual([2]);
  });
});

describe('one finger', () => {
  const touch = { pointerType: 'touch' };
  it('upwards goes through the slices, down is down', () => {
    send('pointerdown', 50, 60, touch);
    for (let y = 64; y <= 120; y += 4) send('pointermove', 50, y, touch);
    send('pointerup', 50, 120, touch);
    expect(calls.length).toBeGreaterThanOrEqual(3);
    expect(calls.every(([name, by]) => name === 'slices' && by === -1)).toBe(true);
  });
  it('sideways changes the window', () => {
    send('pointerdown', 50, 60, touch);
    send('pointermove', 60, 61, touch);
    send('pointerup', 60, 61, touch);
    expect(calls).toEqual([['window', 10, 1]]);
  });
});

describe('a tool in hand', () => {
  let taking = true;
  beforeEach(() => {
    release?.();
    pane = new Pane();
    taking = true;
    const note =
      (name: string) =>
      (at?: { x: number; y: number }): void =>
        void calls.push([name, ...(at ? [at.x, at.y] : [])]);
    const nothing = () => undefined;
    release = gestures({
      window: note('window') as () => void,
      pan: note('pan') as () => void,
      zoom: note('zoom') as () => void,
      slices: nothing,
      point: note('point'),
      hover: nothing,
      maximise: nothing,
      take: (at) => {
        note('take')(at);
        return taking;
      },
      drag: note('drag'),
      drop: note('drop'),
      lose: note('lose'),
    })(pane as unknown as HTMLElement);
  });
  it('has the whole gesture of the left button, and every place that a fast pen passed', () => {
    send('pointerdown', 50, 60);
    const [first, second] = [
      { clientX: 52, clientY: 60 },
      { clientX: 54, clientY: 62 },
    ];
    send('pointermove', 54, 62, { getCoalescedEvents: () => [first, second] });
    send('pointerup', 54, 62);
    expect(calls).toEqual([
      ['take', 40, 40],
      ['drag', 42, 40],
      ['drag', 44, 42],
      ['drop', 44, 42],
    ]);
  });
  it('leaves the other buttons to the viewer, and what it does not take', () => {
    send('pointerdown', 50, 60, { button: 1 });
    send('pointermove', 55, 60);
    send('pointerup', 55, 60, { button: 1 });
    taking = false;
    send('pointerdown', 50, 60);
    send('pointerup', 50, 60);
    expect(calls.map(([name]) => name)).toEqual(['pan', 'take', 'point']);
  });
  const finger = (pointerId: number, ms = 0) => ({ pointerType: 'touch', pointerId, timeStamp: ms });
  it('is not told of a finger before it moves: it may be the first of two', () => {
    send('pointerdown', 50, 60, finger(1));
    send('pointerdown', 90, 60, finger(2));
    send('pointerup', 90, 60, finger(2));
    send('pointerup', 50, 60, finger(1));
    expect(calls).toEqual([]);
  });
  it('is told of a tap when the finger is lifted, where it came down', () => {
    send('pointerdown', 50, 60, finger(1));
    expect(calls).toEqual([]);
    send('pointerup', 52, 61, finger(1));
    expect(calls).toEqual([
      ['take', 40, 40],
      ['drop', 42, 41],
    ]);
  });
  it('has the whole way of a finger, from where it came down', () => {
    send('pointerdown', 50, 60, finger(1));
    send('pointermove', 53, 60, finger(1));
    send('pointermove', 60, 60, finger(1));
    send('pointermove', 70, 60, finger(1));
    send('pointerup', 70, 60, finger(1));
    expect(calls).toEqual([
      ['take', 40, 40],
      ['drag', 50, 40],
      ['drag', 60, 40],
      ['drop', 60, 40],
    ]);
  });
  it('loses the gesture to a second finger that comes at once', () => {
    send('pointerdown', 50, 60, finger(1, 1000));
    send('pointermove', 60, 60, finger(1, 1050));
    send('pointerdown', 90, 60, finger(2, 1200));
    send('pointermove', 120, 60, finger(2, 1250));
    send('pointerup', 120, 60, finger(2, 1300));
    send('pointermove', 80, 90, finger(1, 1350));
    send('pointerup', 80, 90, finger(1, 1400));
    expect(calls.map(([name]) => name)).toEqual(['take', 'drag', 'lose', 'pan', 'zoom']);
  });
  it('does not hear the ball of the hand that touches while a finger draws', () => {
    send('pointerdown', 50, 60, finger(1, 1000));
    send('pointermove', 60, 60, finger(1, 1100));
    send('pointerdown', 190, 260, finger(2, 1500));
    send('pointermove', 195, 260, finger(2, 1600));
    send('pointermove', 70, 60, finger(1, 1700));
    send('pointerup', 195, 260, finger(2, 1800));
    send('pointerup', 70, 60, finger(1, 1900));
    expect(calls).toEqual([
      ['take', 40, 40],
      ['drag', 50, 40],
      ['drag', 60, 40],
      ['drop', 60, 40],
    ]);
  });
  it('a third finger begins nothing', () => {
    for (const id of [1, 2, 3]) send('pointerdown', 50 + 20 * id, 60, finger(id, 1000 + id));
    for (const id of [3, 2, 1]) send('pointerup', 50 + 20 * id, 60, finger(id, 1100 + id));
    expect(calls).toEqual([]);
  });
  it('a pen draws at once, and the hand that holds it is not heard before, meanwhile or after', () => {
    const pen = (ms: number, more = {}) => ({ pointerType: 'pen', pointerId: 9, timeStamp: ms, ...more });
    send('pointerdown', 200, 300, finger(1, 1000));
    send('pointerdown', 50, 60, pen(1020));
    send('pointerdown', 220, 300, finger(2, 1050));
    send('pointermove', 60, 60, pen(1100));
    send('pointermove', 230, 330, finger(2, 1120));
    send('pointerup', 60, 60, pen(1200));
    send('pointerdown', 240, 300, finger(3, 1400));
    send('pointerup', 240, 300, finger(3, 1500));
    expect(calls).toEqual([
      ['take', 40, 40],
      ['drag', 50, 40],
      ['drop', 50, 40],
    ]);
    send('pointerdown', 240, 300, finger(4, 2400));
    send('pointerup', 240, 300, finger(4, 2450));
    expect(calls.slice(3).map(([name]) => name)).toEqual(['take', 'drop']);
  });
  it('has the far end of a pen; where no tool takes it, it does nothing', () => {
    const end = { pointerType: 'pen', button: 5 };
    send('pointerdown', 50, 60, end);
    send('pointerup', 50, 60, end);
    taking = false;
    send('pointerdown', 50, 60, end);
    send('pointermove', 80, 60, end);
    send('pointerup', 80, 60, end);
    expect(calls.map(([name]) => name)).toEqual(['take', 'drop', 'take']);
  });
});

it('takes all its listeners away', () => {
  expect(pane.listeners).toBeGreaterThan(0);
  release?.();
  expect(pane.listeners).toBe(0);
});
