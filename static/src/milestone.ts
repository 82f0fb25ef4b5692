// Milestones in the browser's performance timeline: for measurements, and for
// parts that wait for one another.

export type Milestone = 'conflictmap:map' | 'conflictmap:list' | 'conflictmap:timeline' | 'conflictmap:facets';

/** Notes that a part shows what was asked for; only the last time is kept, so that a day's use doesn't pile them up. */
export function reached(milestone: Milestone): void {
  performance.clearMarks(milestone);
  performance.mark(milestone);
}
