import type { Severity } from '../../model/index.js';

/** What a piece of text is; how that looks is decided here alone. */
export type Look = Severity | 'undecided' | 'strong' | 'dim' | 'place' | 'primary' | 'context' | 'good';
export type Paint = (text: string, look: Look) => string;

/** SGR codes of the 16 colours that every terminal and log viewer knows. */
const CODES: Readonly<Record<Look, string>> = {
  critical: '1;35',
  high: '1;31',
  medium: '1;33',
  low: '1;36',
  note: '1',
  undecided: '1;34',
  strong: '1',
  dim: '2',
  place: '34',
  primary: '1;31',
  context: '36',
  good: '32',
};

export const plain: Paint = (text) => text;

const colored: Paint = (text, look) => (text === '' ? '' : `\u001b[${CODES[look]}m${text}\u001b[0m`);

/** Colours by the options alone: whether the environment wants them is the caller's question. */
export function painter(options: { readonly color: boolean }): Paint {
  return options.color ? colored : plain;
}
