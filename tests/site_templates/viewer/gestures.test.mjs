import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Drag } from '../../../site_templates/viewer/src/page/drag.js';
import { Wheel } from '../../../site_templates/viewer/src/page/wheel.js';

/** A trackpad's push: ever smaller events, 16 ms apart. @param {number} pixels @param {number} at */
function push(pixels, at) {
  const events = [];
  for (let left = pixels; Math.abs(left) > 0.5; left *= 0.93, at += 16) events.push({ pixels: left, at });
  return events;
}

/** @param {Wheel} wheel @param {{pixels: number, at: number}[]} events */
const steps = (wheel, events) => events.map(({ pixels, at }) => wheel.push(pixels, at)).filter((step) => step !== 0);

/** @param {'mouse' | 'touch'} pointerType @param {[x: number, y: number, ms: number][]} way */
function drag(pointerType, way) {
  const [start, ...rest] = way.map(([clientX, clientY, timeStamp]) => ({ clientX, clientY, timeStamp, pointerType }));
  const made = new Drag(start);
  const turns = rest.map((place) => made.move(place)).filter((turn) => turn !== undefined);
  return { turns, end: made.end(rest.at(-1) ?? start) };
}

test('one push is one step, whatever its momentum', () => {
  assert.deepEqual(steps(new Wheel(), push(120, 1000)), [1]);
  assert.deepEqual(steps(new Wheel(), push(-120, 1000)), [-1]);
});

test('a second push after a rest, or a harder one within the momentum, is a second step', () => {
  const first = push(120, 1000);
  const after = (first.at(-1)?.at ?? 0) + 300;
  assert.deepEqual(steps(new Wheel(), [...first, ...push(120, after)]), [1, 1]);
  const cut = first.slice(0, 20);
  assert.deepEqual(steps(new Wheel(), [...cut, ...push(120, cut[19].at + 50)]), [1, 1]);
});

test('turning round within a push steps back', () => {
  assert.deepEqual(steps(new Wheel(), [...push(120, 1000).slice(0, 5), ...push(-120, 1080)]), [1, -1]);
});

test('a wheel that hardly moves makes no step, and many small ones add up to one', () => {
  assert.deepEqual(steps(new Wheel(), [{ pixels: 12, at: 1000 }]), []);
  const crawl = Array.from({ length: 20 }, (_, index) => ({ pixels: 4, at: 1000 + index * 30 }));
  assert.deepEqual(steps(new Wheel(), crawl), [1]);
});

test('a mouse turns both ways, and the piece turns on when it was moving as it let go', () => {
  const { turns, end } = drag('mouse', [
    [200, 100, 0],
    [180, 100, 16],
    [150, 110, 32],
  ]);
  assert.equal(turns.length, 2);
  assert.ok(turns[1][0] > 0 && turns[1][1] > 0, 'to the left and down shows the right and the top');
  assert.ok(end.speed[0] > 100);
  assert.equal(end.step, 0);
});

test('a mouse that rests before it lets go throws nothing', () => {
  const made = new Drag({ clientX: 200, clientY: 100, timeStamp: 0, pointerType: 'mouse' });
  made.move({ clientX: 150, clientY: 100, timeStamp: 16, pointerType: 'mouse' });
  const end = made.end({ clientX: 150, clientY: 100, timeStamp: 500, pointerType: 'mouse' });
  assert.deepEqual(end.speed, [0, 0]);
});

test('a finger that goes up or down steps and does not turn', () => {
  const up = drag('touch', [
    [200, 300, 0],
    [202, 250, 100],
    [204, 200, 200],
  ]);
  assert.deepEqual(up, { turns: [], end: { speed: [0, 0], step: 1 } });
  const down = drag('touch', [
    [200, 200, 0],
    [202, 250, 100],
    [204, 300, 200],
  ]);
  assert.equal(down.end.step, -1);
});

test('a finger that goes sideways turns, about the upright axis alone; a quick one steps', () => {
  const slow = drag('touch', [
    [300, 300, 0],
    [250, 310, 200],
    [150, 330, 600],
  ]);
  assert.equal(slow.turns.length, 2);
  assert.ok(slow.turns.every(([azimuth, elevation]) => azimuth > 0 && elevation === 0));
  assert.equal(slow.end.step, 0);
  const left = drag('touch', [
    [300, 300, 0],
    [200, 305, 100],
    [150, 305, 200],
  ]);
  assert.deepEqual(left.end, { speed: [0, 0], step: 1 });
  const right = drag('touch', [
    [150, 300, 0],
    [200, 305, 100],
    [300, 305, 200],
  ]);
  assert.equal(right.end.step, -1);
});

test('a tap is neither', () => {
  assert.deepEqual(
    drag('touch', [
      [200, 300, 0],
      [204, 303, 80],
    ]),
    { turns: [], end: { speed: [0, 0], step: 0 } },
  );
});
