// Puts the viewer together.
import { gallery, positionInAddress } from './data.js';
import { listenToHands } from './page/gestures.js';
import { Page } from './page/page.js';
import { findParts } from './page/parts.js';
import { Tour } from './page/tour.js';
import { Show } from './show/show.js';
import { Stage } from './stage/stage.js';
import { StillStage } from './stage/still_stage.js';

const parts = findParts(gallery.items.length);
const page = new Page(gallery, parts);
const stage = makeStage();
const show = new Show(gallery, stage, page);

listenToHands(parts.hands, show, stage);
if (gallery.settings.tour) new Tour(gallery.settings.dwell, show);
parts.retry.addEventListener('click', () => show.retry());
for (const link of parts.links) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    show.go(Number(link.dataset.go));
  });
}
addEventListener('hashchange', () => show.go(positionInAddress()));
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') page.closePanels();
});
document.addEventListener('toggle', () => stage.reframe(), true);
document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && (target.closest('.close') || !target.closest('details'))) page.closePanels();
});

show.go(positionInAddress());

function makeStage() {
  const { zoom, fog, background, reflection, contact_shadow: shadow } = gallery.settings;
  const look = { fov: gallery.camera.fov, light: gallery.light, zoom, fog, background, reflection, shadow };
  const advance = (/** @type {number} */ seconds, /** @type {number} */ passed) => show.advance(seconds, passed);
  try {
    return new Stage(parts.canvas, { ...look, frameOf: () => page.frame(), advance });
  } catch {
    page.standStill();
    return new StillStage({ advance });
  }
}
