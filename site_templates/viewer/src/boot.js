// Runs first and is small: the first splat is on its way while its poster is painted, and only then comes the viewer.
import { gallery, positionInAddress } from './data.js';
import { startEarly } from './splats/source.js';

const PATIENCE = 1500; // ms that a poster may take before the viewer comes without it

const position = positionInAddress();
const first = gallery.items[position];
if (first?.kind === 'splat') startEarly(first.model);

const poster = document.querySelectorAll('.piece .poster')[position];
const decoded = poster instanceof HTMLImageElement ? poster.decode().catch(() => {}) : Promise.resolve();
const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
Promise.race([decoded, patience]).then(() => {
  const begin = () => import('./main.js');
  if (document.hidden) begin();
  else requestAnimationFrame(() => setTimeout(begin));
});
