// The least that shows a splat with three's own GaussianSplat, on WebGL.
import { KSPLATLoader } from 'three/addons/loaders/KSPLATLoader.js';
import { GaussianSplat } from 'three/addons/objects/GaussianSplat.js';
import { LinearSRGBColorSpace, PerspectiveCamera, Scene, WebGPURenderer } from 'three/webgpu';

const renderer = new WebGPURenderer({ antialias: false, forceWebGL: true });
renderer.outputColorSpace = LinearSRGBColorSpace;
renderer.setSize(innerWidth, innerHeight);
document.body.append(renderer.domElement);
const scene = new Scene();
const camera = new PerspectiveCamera(35, innerWidth / innerHeight, 0.05, 60);
camera.position.set(0, 0.2, 2.6);
const [geometry] = await Promise.all([new KSPLATLoader().loadAsync('splat.ksplat'), renderer.init()]);
scene.add(new GaussianSplat(geometry));
renderer.setAnimationLoop(() => renderer.render(scene, camera));
