// What a hand does, as steps, turns and zooms. One gesture is one step, however long its momentum.

const WHEEL_REST = 220; // ms without a wheel event that end a gesture
const WHEEL_STEP = 30; // pixels of wheel that make a step
const SWIPE = 48; // pixels that make a swipe
const DEGREES = 0.32; // turned for a pixel of drag

/** `show` is asked for steps and holds the pose that a drag turns. */
export function listenToHands(surface, show, stage) {
  wheel(show, stage);
  keys(show);
  pointers(surface, show, stage);
}

function wheel(show, stage) {
  let sum = 0;
  let stepped = false;
  let last = 0;
  let strength = 0;
  addEventListener(
    'wheel',
    (event) => {
      if (event.target.closest?.('[data-scrolls]')) return;
      event.preventDefault();
      const pixels = (Math.abs(event.deltaY) >= Math.abs(event.deltaX) ? event.deltaY : event.deltaX) * unit(event);
      if (event.ctrlKey) {
        show.pose?.scale(Math.exp(-pixels * 0.01));
        stage?.ask();
        return;
      }
      const pause = event.timeStamp - last;
      last = event.timeStamp;
      // a new push within the momentum of the old one is harder than what came just before
      const pushed = stepped && pause > 40 && Math.abs(pixels) > strength * 2.5 + 20;
      if (pause > WHEEL_REST || pushed || Math.sign(pixels) !== Math.sign(sum || pixels)) {
        sum = 0;
        stepped = false;
      }
      strength = Math.abs(pixels);
      sum += pixels;
      if (stepped || Math.abs(sum) < WHEEL_STEP) return;
      stepped = true;
      show.step(Math.sign(sum));
    },
    { passive: false },
  );
}

function unit(event) {
  return event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? innerHeight : 1;
}

function keys(show) {
  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
  addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
    if (event.target.closest?.('input, textarea, select, [data-scrolls]')) return;
    if (event.key in steps) show.step(steps[event.key]);
    else if (event.key === 'Home') show.go(0);
    else if (event.key === 'End') show.go(show.gallery.items.length - 1);
    else return;
    event.preventDefault();
  });
}

/** Drag turns; on a touch screen a swipe up or down, or a quick one sideways, steps; two fingers zoom. */
function pointers(surface, show, stage) {
  const fingers = new Map();
  let drag = null;
  let apart = 0;

  surface.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    surface.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    apart = spread(fingers);
    drag = fingers.size === 1 ? begin(event) : null;
    if (drag && event.pointerType === 'mouse') show.pose?.hold();
  });

  surface.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = fingers.get(event.pointerId);
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) {
      const now = spread(fingers);
      if (apart > 0) show.pose?.scale(now / apart);
      apart = now;
    } else if (drag) {
      move(drag, before, event, show);
    }
    stage?.ask();
  });

  const end = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (drag) finish(drag, event, show);
    drag = null;
    stage?.ask();
  };
  surface.addEventListener('pointerup', end);
  surface.addEventListener('pointercancel', end);
  surface.addEventListener('dblclick', () => {
    show.pose?.goHome();
    stage?.ask();
  });
}

function begin(event) {
  return { x: event.clientX, y: event.clientY, at: event.timeStamp, touch: event.pointerType !== 'mouse', turns: null, speed: [0, 0] };
}

function move(drag, before, event, show) {
  const dx = event.clientX - before.clientX;
  const dy = event.clientY - before.clientY;
  const far = [event.clientX - drag.x, event.clientY - drag.y];
  if (drag.turns === null && Math.hypot(...far) > 8) {
    drag.turns = !drag.touch || Math.abs(far[0]) >= Math.abs(far[1]);
    if (drag.turns) show.pose?.hold();
  }
  if (!drag.turns) return;
  const turn = [-dx * DEGREES, drag.touch ? 0 : dy * DEGREES];
  show.pose?.turn(...turn);
  const seconds = Math.max(0.001, (event.timeStamp - before.timeStamp) / 1000);
  drag.speed = drag.speed.map((value, axis) => value * 0.4 + (turn[axis] / seconds) * 0.6);
  drag.moved = event.timeStamp;
}

function finish(drag, event, show) {
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  const seconds = (event.timeStamp - drag.at) / 1000;
  const quick = seconds < 0.35;
  const sideways = drag.touch && quick && Math.abs(dx) > SWIPE * 1.5 && Math.abs(dx) > 2 * Math.abs(dy);
  const upright = drag.touch && Math.abs(dy) > SWIPE && Math.abs(dy) > 1.5 * Math.abs(dx) && !drag.turns;
  show.pose?.release(event.timeStamp - (drag.moved ?? 0) < 60 && !sideways ? drag.speed : [0, 0]);
  if (sideways) show.step(dx < 0 ? 1 : -1);
  else if (upright) show.step(dy < 0 ? 1 : -1);
}

function spread(fingers) {
  const [one, two] = [...fingers.values()];
  return two ? Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY) : 0;
}
