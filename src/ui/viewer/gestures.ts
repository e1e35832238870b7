import type { Attachment } from 'svelte/attachments';
import type { Point } from './view.ts';

/** What hand movements on a plane mean. Positions are CSS pixels from the top left of the pane. */
export interface GestureHandlers {
  /** Left drag, or a finger that starts sideways, by pixels since the last call. */
  window(dx: number, dy: number): void;
  /** Middle or shift drag, or two fingers. */
  pan(dx: number, dy: number): void;
  zoom(at: Point, factor: number): void;
  /** Steps, up is positive. */
  slices(by: number): void;
  /** Click, tap or ctrl drag. */
  point(at: Point): void;
  hover(at: Point | undefined): void;
  /** Twice in quick succession. */
  maximise(at: Point): void;
  /**
   * The left button, a pen or a finger goes down: true takes all until it is lifted, and nothing of the above is called.
   * A finger is told once it moves or is lifted alone: until then it may be the first of two.
   */
  take?(at: Point, event: PointerEvent): boolean;
  /** The taken pointer moves, is lifted, or is lost (a second finger comes at once). */
  drag?(at: Point, event: PointerEvent): void;
  drop?(at: Point, event: PointerEvent): void;
  lose?(): void;
}

/** A hand is never quite still: a click may wander this far, CSS pixels. */
const CLICK = 3;
const WHEEL_STEP = 60;
const FINGER_STEP = 14;
/** A finger is rounder than a cursor: it may wander this far before it draws. */
const FINGER_CLICK = 6;
/** ms: a second finger within this time was meant to zoom; later it is the ball of the hand, and the stroke goes on. */
const PAIR = 300;
/** Which button the far end of a pen is (Pointer Events 3, table of buttons). */
const ERASER = 5;
/** ms: while a pen is about, and so long after, what touches is the hand that holds it. */
const PEN = 500;

type Drag = 'undecided' | 'held' | 'window' | 'slices' | 'pan' | 'zoom' | 'point' | 'taken' | 'idle';
type Pair = { distance: number; x: number; y: number };

/** Mouse, pen and touch on one pane. The element needs `touch-action: none`. */
export function gestures(handlers: GestureHandlers): Attachment<HTMLElement> {
  return (element) => {
    const pointers = new Map<number, Point>();
    let drag: Drag = 'idle';
    let start: Point = { x: 0, y: 0 };
    let pair: Pair | undefined;
    let fingers = 0;
    let wheel = 0;
    /** The finger that a tool will be told of. */
    let held: PointerEvent | undefined;
    /** When the first pointer went down, and when a pen was last seen: ms, as events count. */
    let began = 0;
    let pen = -Infinity;

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
      if (event.pointerType === 'pen') {
        pen = event.timeStamp;
        letGo();
      } else if (isPalm(event)) return;
      pointers.set(event.pointerId, at);
      element.setPointerCapture(event.pointerId);
      if (pointers.size >= 2) {
        if (drag === 'taken') handlers.lose?.();
        drag = 'idle';
        pair = pairNow();
        return;
      }
      start = at;
      fingers = 0;
      began = event.timeStamp;
      held = undefined;
      if (event.pointerType === 'touch' && handlers.take) {
        held = event;
        drag = 'held';
      } else if ((event.button === 0 || event.button === ERASER) && handlers.take?.(at, event))
        drag = 'taken';
      else if (event.button === ERASER) drag = 'idle';
      else if (event.button === 1 || (event.button === 0 && event.shiftKey)) drag = 'pan';
      else if (event.button === 2 && !event.ctrlKey) drag = 'zoom';
      else if (event.ctrlKey) {
        drag = 'point';
        handlers.point(at);
      } else drag = 'undecided';
      // Middle click would start the browser's own scrolling.
      if (event.button === 1) event.preventDefault();
    };

    /** The hand that lies on the glass while it holds a pen, or while one of its fingers draws. */
    const isPalm = (event: PointerEvent): boolean =>
      event.pointerType === 'touch' &&
      (event.timeStamp - pen < PEN || (drag === 'taken' && event.timeStamp - began > PAIR));

    /** A pen comes down: fingers that lie there already are not meant. */
    const letGo = () => {
      if (pointers.size === 0) return;
      if (drag === 'taken') handlers.lose?.();
      pointers.clear();
      drag = 'idle';
      pair = undefined;
    };

    const move = (event: PointerEvent) => {
      const at = position(event);
      const last = pointers.get(event.pointerId);
      if (event.pointerType === 'pen') pen = event.timeStamp;
      if (event.pointerType !== 'touch') handlers.hover(at);
      if (!last) return;
      pointers.set(event.pointerId, at);
      if (pointers.size >= 2) {
        moveTwo();
        return;
      }
      const [dx, dy] = [at.x - last.x, at.y - last.y];
      if (drag === 'held' && Math.hypot(at.x - start.x, at.y - start.y) > FINGER_CLICK)
        drag = held && handlers.take?.(start, held) ? 'taken' : 'undecided';
      if (drag === 'undecided' && Math.hypot(at.x - start.x, at.y - start.y) > CLICK) {
        // One finger has to serve for two: upwards it goes through the slices, sideways it changes the window.
        const upright = Math.abs(at.y - start.y) > Math.abs(at.x - start.x);
        drag = event.pointerType === 'touch' && upright ? 'slices' : 'window';
      }
      if (drag === 'taken') eachPlace(event);
      else if (drag === 'window') handlers.window(dx, dy);
      else if (drag === 'slices') slide(dy);
      else if (drag === 'pan') handlers.pan(dx, dy);
      else if (drag === 'zoom') handlers.zoom(start, Math.exp(-dy / 150));
      else if (drag === 'point') handlers.point(at);
    };

    /** A fast pen moves further than a frame: every place it passed is told. */
    const eachPlace = (event: PointerEvent) => {
      const passed = event.getCoalescedEvents?.() ?? [];
      for (const one of passed.length > 0 ? passed : [event]) handlers.drag?.(position(one), one);
    };

    const slide = (dy: number) => {
      fingers += dy;
      const steps = Math.trunc(fingers / FINGER_STEP);
      fingers -= steps * FINGER_STEP;
      if (steps !== 0) handlers.slices(-steps);
    };

    const moveTwo = () => {
      const now = pairNow();
      if (!now || !pair) return;
      if (now.x !== pair.x || now.y !== pair.y) handlers.pan(now.x - pair.x, now.y - pair.y);
      if (pair.distance > 0 && now.distance > 0 && now.distance !== pair.distance)
        handlers.zoom(now, now.distance / pair.distance);
      pair = now;
    };

    const up = (event: PointerEvent) => {
      if (!pointers.delete(event.pointerId)) return;
      const lifted = event.type === 'pointerup';
      if (event.pointerType === 'pen') pen = event.timeStamp;
      if (drag === 'held' && lifted) drag = held && handlers.take?.(start, held) ? 'taken' : 'undecided';
      if (drag === 'undecided' && lifted && event.button === 0) handlers.point(position(event));
      if (drag === 'taken' && lifted) handlers.drop?.(position(event), event);
      else if (drag === 'taken') handlers.lose?.();
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
      handlers.maximise(position(event));
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
