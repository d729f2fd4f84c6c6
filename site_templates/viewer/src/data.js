// What the page says about the gallery: JSON in a script element that no browser runs.

/** @import { Gallery } from './types.js' */

const said = document.querySelector('script#gallery')?.textContent;
if (!said) throw new Error('The template lacks #gallery; site_templates/README.md says what the viewer needs.');

/** @type {Gallery} */
export const gallery = JSON.parse(said);

/** The position of the piece that the address names; the first one otherwise. */
export function positionInAddress() {
  let slug = '';
  try {
    slug = decodeURIComponent(location.hash.slice(1));
  } catch {
    return 0;
  }
  return Math.max(
    0,
    gallery.items.findIndex((item) => item.slug === slug),
  );
}
