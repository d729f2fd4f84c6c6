// Keeps the words of a title whole: one that is wider than its column makes the title smaller, never two lines of it.

const SMALLEST = 12; // pixels: smaller letters nobody reads, so the word breaks after all

/** @param {HTMLElement | null} title of which nothing is done while it is not laid out. */
export function keepWordsWhole(title) {
  if (!title) return;
  title.style.overflowWrap = 'normal';
  title.style.fontSize = '';
  const { clientWidth, scrollWidth } = title;
  if (clientWidth === 0 || scrollWidth <= clientWidth) return;
  const size = Number.parseFloat(getComputedStyle(title).fontSize);
  const fitting = Math.floor((size * clientWidth) / scrollWidth);
  title.style.fontSize = `${Math.max(fitting, SMALLEST)}px`;
  if (fitting < SMALLEST) title.style.overflowWrap = '';
}
