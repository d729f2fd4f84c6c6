// Puts the viewer together.
import { gallery, positionInAddress } from './data.js';
import { listenToHands } from './gestures.js';
import { Page } from './page.js';
import { Show } from './show.js';
import { Stage } from './stage.js';

const page = new Page(gallery);
const stage = makeStage();
const show = new Show(gallery, stage, page);

document.documentElement.classList.add('live');
listenToHands(document.querySelector('.hands'), show, stage);
document.querySelector('.failure button').addEventListener('click', () => show.retry());
for (const link of document.querySelectorAll('[data-go]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    show.go(Number(link.dataset.go));
  });
}
addEventListener('hashchange', () => show.go(positionInAddress()));
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') page.closePanels();
});
document.addEventListener('toggle', () => stage?.reframe(true), true);
document.addEventListener('click', (event) => {
  if (event.target.closest('.close') || !event.target.closest('details')) page.closePanels();
});

show.go(positionInAddress());
stage?.resize();
new ResizeObserver(() => stage?.resize()).observe(document.body);

function makeStage() {
  try {
    return new Stage(document.querySelector('canvas.stage'));
  } catch {
    page.standStill();
    return null;
  }
}
