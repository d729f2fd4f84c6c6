// The least that shows a splat with Spark.
import { SparkRenderer, SplatMesh } from '@sparkjsdev/spark';
import { PerspectiveCamera, Scene, WebGLRenderer } from 'three';

const renderer = new WebGLRenderer({ antialias: false });
renderer.setSize(innerWidth, innerHeight);
document.body.append(renderer.domElement);
const scene = new Scene();
const camera = new PerspectiveCamera(35, innerWidth / innerHeight, 0.05, 60);
camera.position.set(0, 0.2, 2.6);
scene.add(new SparkRenderer({ renderer }));
scene.add(new SplatMesh({ url: 'splat.ksplat' }));
renderer.setAnimationLoop(() => renderer.render(scene, camera));
