import type { SegmentsView } from '@contract';

/** A segment as the tab shows it. */
export type ShownSegment = SegmentsView['segments'][number];
