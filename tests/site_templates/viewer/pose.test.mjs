import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pose } from '../../../site_templates/viewer/src/show/pose.js';

const FRAMING = { azimuth: 20, elevation: 8 };

/** Moves on by many short frames; gives the seconds until nothing moved, or `most`.
 * @param {Pose} pose @param {number} most @param {boolean} [mayTurn] */
function rest(pose, most, mayTurn = false) {
  let seconds = 0;
  while (seconds < most && pose.advance(1 / 60, mayTurn)) seconds += 1 / 60;
  return seconds;
}

test('a piece that nobody touches stands as framed', () => {
  const pose = new Pose(FRAMING, 0);
  assert.equal(pose.advance(1, true), false);
  assert.deepEqual([pose.azimuth, pose.elevation, pose.zoom], [20, 8, 1]);
});

test('left alone it begins to turn after a while, at its speed and the way of its sign', () => {
  for (const speed of [9, -30]) {
    const pose = new Pose(FRAMING, speed);
    pose.turn(0, 0);
    for (let frame = 0; frame < 120; frame += 1) pose.advance(1 / 60, true);
    assert.equal(pose.azimuth, 20, 'not in the first two seconds');
    for (let frame = 0; frame < 300; frame += 1) pose.advance(1 / 60, true);
    const before = pose.azimuth;
    pose.advance(0.5, true);
    assert.ok(Math.abs(pose.azimuth - before - speed / 2) < 1e-9);
  }
});

test('where it may not turn by itself it does not move at all', () => {
  const pose = new Pose(FRAMING, 40);
  assert.equal(rest(pose, 10), 0);
  assert.equal(pose.azimuth, 20);
});

test('a hand holds it still, and it turns on for a while when let go at a speed', () => {
  const pose = new Pose(FRAMING, 9);
  pose.hold();
  assert.equal(pose.advance(5, true), false);
  pose.release([90, 0]);
  const seconds = rest(pose, 10);
  assert.ok(pose.azimuth > 40, 'inertia');
  assert.ok(seconds > 0.5 && seconds < 5, `friction stops it, after ${seconds} s`);
  assert.equal(pose.elevation, 8);
});

test('it can be looked at from neither below the floor nor straight above', () => {
  const pose = new Pose(FRAMING, 0);
  pose.turn(0, 500);
  assert.equal(pose.elevation, 70);
  pose.turn(0, -500);
  assert.equal(pose.elevation, -4);
  pose.release([0, 4000]);
  rest(pose, 10);
  assert.equal(pose.elevation, 70);
});

test('zooming ends at its limits', () => {
  const pose = new Pose(FRAMING, 0);
  pose.scale(1.5);
  assert.equal(pose.zoom, 1.5);
  pose.scale(100);
  assert.equal(pose.zoom, 3);
  pose.scale(1e-6);
  assert.equal(pose.zoom, 0.6);
});

test('it goes home the shorter way round, and a hand may stop it', () => {
  const pose = new Pose(FRAMING, 0);
  pose.turn(720 + 190, 30);
  pose.scale(2);
  pose.goHome();
  assert.ok(Math.abs(pose.azimuth - 20) <= 180);
  const seconds = rest(pose, 10);
  assert.ok(seconds < 5);
  assert.deepEqual([pose.azimuth, pose.elevation, pose.zoom], [20, 8, 1]);

  pose.turn(100, 0);
  pose.goHome();
  pose.advance(1 / 60, false);
  pose.turn(0, 0);
  assert.equal(pose.advance(1 / 60, false), false);
  assert.ok(pose.azimuth > 100);
});
