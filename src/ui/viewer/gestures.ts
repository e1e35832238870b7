import type { Attachment } from 'svelte/attachments';
import type { Point } from './view.ts';

/** What hand movements on a plane mean. Positions are CSS pixels from the top left of the pane. */
export interface GestureHandlers {
  /** Left drag, by pixels since the last call. */
  window(dx: number, dy: number): void;
  /** Middle or shift drag, or two fingers together with a pinch. */
  pan(dx: number, dy: number): void;
  zoom(at: Point, factor: number): void;
  /** Steps, up is positive. */
  slices(by: number): void;
  /** Click, tap or ctrl drag. */
  point(at: Point): void;
  hover(at: Point | undefined): void;
  maximise(): void;
}

/** A hand is never quite still: a click may wander this far, CSS pixels. */
const CLICK = 3;
const WHEEL_STEP = 60;
const FINGER_STEP = 14;

type Drag = 'undecided' | 'window' | 'pan' | 'zoom' | 'point' | 'idle';
type Pair = { distance: number; x: number; y: number };

/** Mouse, pen and touch on one pane. The element needs `touch-action: none`. */
export function gestures(handlers: GestureHandlers): Attachment<HTMLElement> {
  return (element) => {
    const pointers = new Map<number, Point>();
    let drag: Drag = 'idle';
    let start: Point = { x: 0, y: 0 };
    let pair: Pair | undefined;
    let pairStart: Pair | undefined;
    let pairMode: 'undecided' | 'slices' | 'pinch' = 'undecided';
    let fingers = 0;
    let wheel = 0;

    const position = (event: MouseEvent): Point => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const pairNow = (): Pair | undefined => {
      const [p, q] = [...pointers.values()];
      if (!p || !q) return undefined;
      return { distance: Math.hypot(p.x - q.x, p.y - q.y), x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 };
    };

    const down = (event: PointerEvent) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      const at = position(event);
      pointers.set(event.pointerId, at);
      element.setPointerCapture(event.pointerId);
      if (pointers.size === 2) {
        drag = 'idle';
        pair = pairStart = pairNow();
        pairMode = 'undecided';
        fingers = 0;
        return;
      }
      start = at;
      if (event.button === 1 || (event.button === 0 && event.shiftKey)) drag = 'pan';
      else if (event.button === 2 && !event.ctrlKey) drag = 'zoom';
      else if (event.ctrlKey) {
        drag = 'point';
        handlers.point(at);
      } else drag = 'undecided';
      // Middle click would start the browser's own scrolling.
      if (event.button === 1) event.preventDefault();
    };

    const move = (event: PointerEvent) => {
      const at = position(event);
      const last = pointers.get(event.pointerId);
      if (event.pointerType !== 'touch') handlers.hover(at);
      if (!last) return;
      pointers.set(event.pointerId, at);
      if (pointers.size >= 2) {
        moveTwo();
        return;
      }
      const [dx, dy] = [at.x - last.x, at.y - last.y];
      if (drag === 'undecided' && Math.hypot(at.x - start.x, at.y - start.y) > CLICK) drag = 'window';
      if (drag === 'window') handlers.window(dx, dy);
      else if (drag === 'pan') handlers.pan(dx, dy);
      else if (drag === 'zoom') handlers.zoom(start, Math.exp(-dy / 150));
      else if (drag === 'point') handlers.point(at);
    };

    const moveTwo = () => {
      const now = pairNow();
      if (!now || !pair || !pairStart) return;
      if (pairMode === 'undecided') {
        if (Math.abs(now.distance - pairStart.distance) > 20) pairMode = 'pinch';
        else if (Math.abs(now.y - pairStart.y) > 12) pairMode = 'slices';
      }
      if (pairMode === 'pinch') {
        handlers.pan(now.x - pair.x, now.y - pair.y);
        if (pair.distance > 0) handlers.zoom(now, now.distance / pair.distance);
      } else if (pairMode === 'slices') {
        fingers += now.y - pair.y;
        const steps = Math.trunc(fingers / FINGER_STEP);
        fingers -= steps * FINGER_STEP;
        if (steps !== 0) handlers.slices(-steps);
      }
      pair = now;
    };

    const up = (event: PointerEvent) => {
      if (!pointers.delete(event.pointerId)) return;
      if (drag === 'undecided' && event.type === 'pointerup' && event.button === 0)
        handlers.point(position(event));
      drag = 'idle';
      pair = undefined;
    };

    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === 1 ? 40 : event.deltaMode === 2 ? 400 : 1);
      if (event.ctrlKey) {
        // A pinch on a trackpad arrives as a wheel with ctrl.
        handlers.zoom(position(event), Math.exp(-pixels / 200));
        return;
      }
      wheel += pixels;
      const steps = Math.trunc(wheel / WHEEL_STEP);
      wheel -= steps * WHEEL_STEP;
      // One notch is one slice, whatever the system calls a notch.
      const notch = Math.abs(pixels) >= 100;
      const by = notch ? Math.sign(pixels) : steps;
      if (notch) wheel = 0;
      if (by !== 0) handlers.slices(-by);
    };

    const leave = () => handlers.hover(undefined);
    const twice = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      handlers.maximise();
    };
    const quiet = (event: Event) => event.preventDefault();

    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('wheel', turn, { passive: false });
    element.addEventListener('dblclick', twice);
    element.addEventListener('contextmenu', quiet);
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('wheel', turn);
      element.removeEventListener('dblclick', twice);
      element.removeEventListener('contextmenu', quiet);
    };
  };
}
