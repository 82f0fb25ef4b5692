// The header's icons, drawn on a grid of 16 by 16.

import { svg } from '../dom';

const PATHS = {
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9M10.4 10.4L14 14',
  filters: 'M2 4.5H14M4.5 8H11.5M6.5 11.5H9.5',
  download: 'M8 2V10M4.8 7L8 10.2L11.2 7M2.5 13.5H13.5',
  share: 'M6.8 9.2L9.2 6.8M7.2 4.6L9 2.8A3 3 0 0 1 13.2 7L11.4 8.8M8.8 11.4L7 13.2A3 3 0 0 1 2.8 9L4.6 7.2',
  help: 'M5.3 5.6A2.7 2.7 0 1 1 9.2 8C8.3 8.5 8 9 8 9.9M8 12.6V13',
  more: 'M3 8H3.01M8 8H8.01M13 8H13.01',
  close: 'M3.5 3.5L12.5 12.5M12.5 3.5L3.5 12.5',
  place: 'M8 14.2C5 10.6 3.6 8.4 3.6 6.3A4.4 4.4 0 0 1 12.4 6.3C12.4 8.4 11 10.6 8 14.2ZM8 6.2H8.01',
  out: 'M6.5 3.5H3.5V12.5H12.5V9.5M9 2.8H13.2V7M13 3L7.5 8.5',
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGSVGElement {
  return svg('svg', { class: `icon icon-${name}`, viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' }, svg('path', { d: PATHS[name] }));
}
