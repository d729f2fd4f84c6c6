// What the viewer needs of a template, found in the page: the contract that site_templates/README.md writes down.

/**
 * @typedef {object} Parts
 * @property {HTMLCanvasElement} canvas where pieces are drawn.
 * @property {HTMLElement} hands the surface that a hand turns pieces on.
 * @property {PiecePart[]} pieces one for each item, in order.
 * @property {HTMLElement} progress the line that grows while a piece arrives.
 * @property {HTMLElement} announcer the live region that names the shown piece.
 * @property {HTMLElement} failure what is said when a piece did not arrive.
 * @property {HTMLElement} retry its button.
 * @property {HTMLElement} flat what is said where there is no WebGL.
 * @property {HTMLElement[]} dots
 * @property {HTMLElement[]} thumbs
 * @property {HTMLElement[]} links whatever goes to a piece, the dots and thumbnails among them.
 */

/**
 * @typedef {object} PiecePart
 * @property {HTMLElement} element its words and its poster.
 * @property {HTMLElement} frame the room that the subject may take.
 */

/**
 * The page's parts.
 *
 * @param {number} count of the gallery's items.
 * @returns {Parts}
 * @throws {Error} that names everything the template lacks.
 */
export function findParts(count) {
  /** @type {string[]} */
  const lacks = [];

  /**
   * @template {HTMLElement} T
   * @param {ParentNode} root
   * @param {string} selector
   * @param {new () => T} kind
   * @returns {T}
   */
  const one = (root, selector, kind) => {
    const found = root.querySelector(selector);
    if (found instanceof kind) return found;
    lacks.push(root instanceof Element ? `${selector} in .${root.classList[0]}` : selector);
    return /** @type {T} */ (/** @type {HTMLElement} */ (document.createElement('div')));
  };

  const elements = all('.piece');
  if (elements.length !== count) lacks.push(`.piece for each of ${count} items (it has ${elements.length})`);
  const pieces = elements.map((element) => {
    one(element, '.poster', HTMLImageElement);
    return { element, frame: one(element, '.frame', HTMLElement) };
  });
  const failure = one(document, '.failure', HTMLElement);
  const parts = {
    canvas: one(document, 'canvas.stage', HTMLCanvasElement),
    hands: one(document, '.hands', HTMLElement),
    pieces,
    progress: one(document, '.progress', HTMLElement),
    announcer: one(document, '.announcer', HTMLElement),
    failure,
    retry: one(failure, 'button', HTMLElement),
    flat: one(document, '.flat', HTMLElement),
    dots: all('.dots [data-go]'),
    thumbs: all('.strip [data-go]'),
    links: all('[data-go]'),
  };
  if (lacks.length > 0) {
    const names = [...new Set(lacks)].join(', ');
    throw new Error(`The template lacks ${names}; site_templates/README.md says what the viewer needs.`);
  }
  return parts;
}

/** @param {string} selector @returns {HTMLElement[]} */
function all(selector) {
  return [...document.querySelectorAll(selector)].filter((element) => element instanceof HTMLElement);
}
