/** Moments of opening, as User Timing marks: the bench reads them, and so may anyone in the browser's profiler. */
type Moment = 'page-ready' | 'loaded' | 'files' | 'first-picture' | 'volume-ready';

export const markMoment = (moment: Moment): void => {
  performance.mark(`kinetex:${moment}`);
};
