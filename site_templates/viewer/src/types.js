// The shapes of what modules hand to each other, for readers and for the type checker; nothing here runs.

/**
 * What the page holds about the gallery: `viewer_data` in tools/site/page.py writes it.
 *
 * @typedef {object} Gallery
 * @property {string} title
 * @property {Settings} settings
 * @property {Camera} camera
 * @property {Light} light
 * @property {Item[]} items
 */

/**
 * The camera that the framings were computed for.
 *
 * @typedef {object} Camera
 * @property {number} fov degrees, over the height of the frame that the subject may use.
 */

/**
 * The light on the pieces: a colour as a screen takes it, 0 to 1, becomes `gain` times it, plus `offset`.
 *
 * @typedef {object} Light
 * @property {[red: number, green: number, blue: number]} gain
 * @property {number} offset
 */

/**
 * What the viewer reads of the manifest's settings; each is described in tools/gallery/settings.py.
 *
 * @typedef {object} Settings
 * @property {number} zoom
 * @property {number} elevation
 * @property {number} auto_rotate
 * @property {number} transition_seconds
 * @property {keyof typeof import('./show/easing.js').EASINGS} easing
 * @property {Effect} transition
 * @property {Effect} reveal
 * @property {string} background
 * @property {number} fog
 * @property {number} reflection
 * @property {number} contact_shadow
 * @property {boolean} tour
 * @property {number} dwell
 */

/** @typedef {'fade' | 'dissolve' | 'settle' | 'rise' | 'scatter'} Effect how a piece comes or goes. */

/**
 * One piece of the gallery.
 *
 * @typedef {object} Item
 * @property {string} slug
 * @property {string} title
 * @property {'splat' | 'mesh'} kind
 * @property {string} model where its file is, relative to the page: a .glb, a .ksplat, or one packed as planes.
 * @property {Framing} framing
 */

/**
 * Where to look from. Right-handed, Y up, in the model's own units.
 *
 * @typedef {object} Framing
 * @property {[number, number, number]} center
 * @property {number} radius
 * @property {number} azimuth degrees about +Y; 0 looks from +Z.
 * @property {number} elevation degrees above the horizon.
 */

/**
 * How a piece stands: its framing, and what a hand has turned since.
 *
 * @typedef {object} Stance
 * @property {number} azimuth
 * @property {number} elevation
 * @property {number} zoom
 */

/**
 * What can stand on the stage: a splat, a mesh, or nothing where there is no WebGL.
 *
 * @typedef {object} Model
 * @property {boolean} ready whether it has arrived whole.
 * @property {import('./footprint.js').Footprint | null} footprint where it stands, once it has arrived.
 * @property {import('three').Object3D} object in the model's own frame; the stage turns and places it.
 * @property {(presence: number, effect: Effect) => void} appear how much of it is there, 0 to 1, and how it comes or goes.
 * @property {(near: number, far: number, color: import('three').Color) => void} setFog where fog begins and ends, as
 *   distances from the camera.
 * @property {(strength: number) => void} setReflection how much of its reflection is there, 0 to 1; the floor dims it.
 * @property {(camera: import('three').PerspectiveCamera, width: number, height: number) => void} update called before
 *   each frame, when the object's matrices are up to date; the size is the canvas's, in its own pixels.
 * @property {() => void} dispose
 */

/**
 * What a model tells while it arrives.
 *
 * @typedef {object} ModelEvents
 * @property {(part: number) => void} progress how much has come, 0 to 1.
 * @property {() => void} change there is something new to draw.
 * @property {(words: string) => void} failed
 */

/**
 * What stands on a stage.
 *
 * @typedef {object} Placed
 * @property {Model} model
 * @property {Framing} framing
 * @property {Stance} pose
 * @property {number} presence 0 away, 1 there.
 */

/**
 * The stage, or what stands in for it where there is no WebGL.
 *
 * @typedef {import('./stage/stage.js').Stage | import('./stage/still_stage.js').StillStage} AnyStage
 */

export {};
