import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EASINGS } from '../../../site_templates/viewer/src/show/easing.js';

test('every easing runs from 0 to 1 and never back', () => {
  for (const [name, ease] of Object.entries(EASINGS)) {
    assert.equal(ease(0), 0, name);
    assert.equal(ease(1), 1, name);
    for (let time = 0; time < 1; time += 0.05) assert.ok(ease(time + 0.05) >= ease(time), name);
  }
});

test('gentle starts and ends slowly, brisk starts quickly', () => {
  const { gentle, brisk } = EASINGS;
  assert.ok(gentle(0.2) < 0.1);
  assert.ok(gentle(0.8) > 0.9);
  assert.ok(brisk(0.2) > 0.4);
});
