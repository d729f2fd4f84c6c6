// Runs first and is small: the first splat is on its way while the rest of the viewer still loads.
import { gallery, positionInAddress } from './data.js';
import { startEarly } from './splat_source.js';

const first = gallery.items[positionInAddress()];
if (first?.kind === 'splat') startEarly(first.model);
