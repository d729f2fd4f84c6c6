// A page with nothing but the viewer's own stage and renderer: `show(fov, url, framing)` draws one splat, whole and still.
import { loadSplat } from '../../../../../site_templates/viewer/src/splats/splat.js';
import { Stage } from '../../../../../site_templates/viewer/src/stage/stage.js';

/**
 * @param {number} fov
 * @param {string} url
 * @param {import('../../../../../site_templates/viewer/src/types.js').Framing} framing
 * @returns {Promise<void>}
 */
const show = (fov, url, framing) =>
  new Promise((resolve, reject) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
    const stage = new Stage(canvas, { fov });
    const model = loadSplat(url, framing, { progress() {}, change: () => stage.ask(), failed: reject }, stage.light);
    model.appear(1, 'fade');
    const pose = { azimuth: framing.azimuth, elevation: framing.elevation, zoom: 1 };
    stage.add({ model, framing, pose, presence: 1 });
    let still = 0; // frames since everything was there and sorted for this view
    const look = () => {
      stage.ask();
      still = model.ready && model.sorted ? still + 1 : 0;
      if (still > 3) resolve();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

Object.assign(window, { show });
