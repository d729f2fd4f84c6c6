// The light that meshes stand in; a splat brings its own.
import { DirectionalLight, Group, HemisphereLight } from 'three';

/** A key from the upper left, a cool rim from behind and a soft sky. */
export function makeLights() {
  const lights = new Group();
  const key = new DirectionalLight(0xfff1dd, 2.6);
  key.position.set(-2, 3, 4);
  const rim = new DirectionalLight(0xbfd4ff, 1.8);
  rim.position.set(3, 2, -4);
  return lights.add(key, rim, new HemisphereLight(0xf4f6ff, 0x2a2420, 1.3));
}
