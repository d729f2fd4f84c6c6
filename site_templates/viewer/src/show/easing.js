// How time becomes presence: both run from 0 to 1.

/** @type {Record<'smooth' | 'gentle' | 'brisk', (time: number) => number>} */
export const EASINGS = {
  smooth: (time) => time,
  gentle: (time) => time * time * time * (time * (6 * time - 15) + 10), // slow to start and slow to end
  brisk: (time) => 1 - (1 - time) ** 3,
};
