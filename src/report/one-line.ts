import { visible } from './html/visible.js';

/** Text from a scanned file as one line of output can hold it: line breaks and unseen characters written out, tabs as a blank. */
export function oneLine(text: string): string {
  return visible(text).replaceAll('\t', ' ').replaceAll('\n', '\\n');
}
