// Draws one .glb on the same stage, by the same calls as a splat. The loader itself comes only when it is needed.
import { ACESFilmicToneMapping, DirectionalLight, Group, HemisphereLight, Vector3 } from 'three';

/** Gives what `loadSplat` gives, for a mesh. */
export function loadMesh(url, framing, events, stage) {
  light(stage);
  return new MeshModel(url, framing, events);
}

class MeshModel {
  constructor(url, framing, events) {
    this.events = events;
    this.ready = false;
    this.object = new Group();
    this.materials = [];
    this.closed = false;
    this.framing = framing;
    this.#load(url).catch((error) => this.closed || events.failed(error.message || String(error)));
  }

  stage(presence, effect) {
    this.object.visible = presence > 0;
    const scale = effect === 'fade' ? 1 : 0.96 + 0.04 * presence;
    this.inner?.scale.setScalar(scale);
    for (const material of this.materials) {
      const fading = presence < 1 || material.userData.opacity < 1;
      if (material.transparent !== fading) material.needsUpdate = true;
      material.transparent = fading;
      material.opacity = material.userData.opacity * presence;
    }
  }

  /** Three's own fog, which the stage sets, is what a mesh sinks into. */
  setFog() {}

  setReflection() {}

  update() {}

  dispose() {
    this.closed = true;
    this.object.removeFromParent();
    this.object.traverse((node) => node.geometry?.dispose());
    for (const material of this.materials) {
      for (const value of Object.values(material)) if (value?.isTexture) value.dispose();
      material.dispose();
    }
  }

  async #load(url) {
    const { GLTFLoader } = await import('three/addons/loaders/GLTFLoader.js');
    const { scene } = await new GLTFLoader().loadAsync(url, ({ loaded, total }) => {
      if (total && !this.closed) this.events.progress(Math.min(0.99, loaded / total));
    });
    this.#fill(scene);
  }

  #fill(scene) {
    if (this.closed) return;
    scene.traverse((node) => {
      if (!node.isMesh) return;
      for (const material of [node.material].flat()) {
        material.userData.opacity = material.opacity;
        this.materials.push(material);
      }
    });
    const [x, y, z] = this.framing.center;
    this.inner = new Group();
    this.inner.position.set(x, y, z);
    scene.position.sub(new Vector3(x, y, z));
    this.inner.add(scene);
    this.object.add(this.inner);
    this.ready = true;
    this.events.progress(1);
    this.events.change();
  }
}

/** A key from the upper left, a cool rim from behind and a soft sky: once for the stage. */
function light(stage) {
  if (stage.scene.getObjectByName('lights')) return;
  stage.renderer.toneMapping = ACESFilmicToneMapping;
  const lights = new Group();
  lights.name = 'lights';
  const key = new DirectionalLight(0xfff1dd, 2.6);
  key.position.set(-2, 3, 4);
  const rim = new DirectionalLight(0xbfd4ff, 1.8);
  rim.position.set(3, 2, -4);
  lights.add(key, rim, new HemisphereLight(0xf4f6ff, 0x2a2420, 1.3));
  stage.scene.add(lights);
}
