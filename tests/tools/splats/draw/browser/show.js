// A page with nothing but the viewer's own stage and renderer: `show(url, framing)` draws one splat, whole and still.
import { Stage } from '../../../../site_templates/viewer/src/stage.js';
import { loadSplat } from '../../../../site_templates/viewer/src/splat_renderer.js';

window.show = (url, framing) =>
  new Promise((resolve, reject) => {
    const stage = new Stage(document.querySelector('canvas'));
    const model = loadSplat(url, framing, { progress() {}, change: () => stage.ask(), failed: reject });
    model.stage(1, 'fade');
    stage.resize();
    stage.add({ model, framing, pose: { azimuth: framing.azimuth, elevation: framing.elevation, zoom: 1 } });
    let still = 0; // frames since everything was there and sorted for this view
    const look = () => {
      stage.ask();
      still = model.ready && model.sequence > 0 && model.sequence === model.answered ? still + 1 : 0;
      if (still > 3) resolve();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
