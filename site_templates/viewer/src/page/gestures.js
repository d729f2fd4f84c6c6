// What a hand does, as steps, turns and zooms: wheel, keys, mouse and fingers.
import { Drag } from './drag.js';
import { Wheel } from './wheel.js';

/** @import { Show } from '../show/show.js' */
/** @import { AnyStage } from '../types.js' */

const KEYS = new Map([
  ['ArrowRight', 1],
  ['ArrowDown', 1],
  ['PageDown', 1],
  ['ArrowLeft', -1],
  ['ArrowUp', -1],
  ['PageUp', -1],
]);

/**
 * @param {HTMLElement} surface
 * @param {Show} show is asked for steps and holds the pose that a drag turns.
 * @param {AnyStage} stage is asked for frames.
 */
export function listenToHands(surface, show, stage) {
  wheel(show, stage);
  keys(show);
  pointers(surface, show, stage);
}

/** @param {Show} show @param {AnyStage} stage */
function wheel(show, stage) {
  const pushes = new Wheel();
  const listen = (/** @type {WheelEvent} */ event) => {
    if (isInside(event, '[data-scrolls]')) return;
    event.preventDefault();
    const { deltaX, deltaY } = event;
    const pixels = (Math.abs(deltaY) >= Math.abs(deltaX) ? deltaY : deltaX) * unit(event);
    if (event.ctrlKey) {
      show.pose?.scale(Math.exp(-pixels * 0.01));
      stage.ask();
      return;
    }
    const step = pushes.push(pixels, event.timeStamp);
    if (step !== 0) show.step(step);
  };
  addEventListener('wheel', listen, { passive: false });
}

/** Pixels of one of the event's units. @param {WheelEvent} event */
function unit(event) {
  if (event.deltaMode === WheelEvent.DOM_DELTA_LINE) return 16;
  return event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? innerHeight : 1;
}

/** @param {Show} show */
function keys(show) {
  addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
    if (isInside(event, 'input, textarea, select, [data-scrolls]')) return;
    const step = KEYS.get(event.key);
    if (step) show.step(step);
    else if (event.key === 'Home') show.go(0);
    else if (event.key === 'End') show.go(show.gallery.items.length - 1);
    else return;
    event.preventDefault();
  });
}

/** @param {Event} event @param {string} selector */
function isInside(event, selector) {
  return event.target instanceof Element && event.target.closest(selector) !== null;
}

/** Drag turns; on a touch screen a swipe up or down, or a quick one sideways, steps; two fingers zoom.
 * @param {HTMLElement} surface @param {Show} show @param {AnyStage} stage */
function pointers(surface, show, stage) {
  /** @type {Map<number, PointerEvent>} */
  const fingers = new Map();
  /** @type {Drag | undefined} */
  let drag;
  let apart = 0;

  surface.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    surface.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    apart = spread(fingers);
    drag = fingers.size === 1 ? new Drag(event) : undefined;
    if (drag && event.pointerType === 'mouse') show.pose?.hold();
  });

  surface.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) {
      const now = spread(fingers);
      if (apart > 0) show.pose?.scale(now / apart);
      apart = now;
    } else if (drag) {
      turn(drag, event, show);
    }
    stage.ask();
  });

  const end = (/** @type {PointerEvent} */ event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (drag) {
      const { speed, step } = drag.end(event);
      show.pose?.release(speed);
      if (step !== 0) show.step(step);
    }
    drag = undefined;
    stage.ask();
  };
  surface.addEventListener('pointerup', end);
  surface.addEventListener('pointercancel', end);
  surface.addEventListener('dblclick', () => {
    show.pose?.goHome();
    stage.ask();
  });
}

/** @param {Drag} drag @param {PointerEvent} event @param {Show} show */
function turn(drag, event, show) {
  const undecided = drag.turns === undefined;
  const turned = drag.move(event);
  if (!turned) return;
  if (undecided) show.pose?.hold();
  show.pose?.turn(...turned);
}

/** Pixels between two fingers. @param {Map<number, PointerEvent>} fingers */
function spread(fingers) {
  const [one, two] = [...fingers.values()];
  return two ? Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) : 0;
}
