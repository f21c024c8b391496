import { visible } from '../html/visible.js';
import { oneLine } from '../one-line.js';

/**
 * Text from a scanned file as Markdown on GitHub shows it and nothing more: no HTML, links, mentions, references to issues, table or
 * list marks. Mentions and references are looked for after Markdown is rendered, so an empty comment parts the sign from the word.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[&<>"`*{}[\]#+|~\\!@$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/&#(?:64|35);/g, '$&<!-- -->')
    .replace(/:(?=\/)/g, '&#58;')
    .replace(/(www)\./gi, '$1&#46;')
    .replace(/\b(GH)-(?=\d)/gi, '$1&#45;<!-- -->')
    .replace(
      /^(\s*)([-=])|^(\s*\d+)([.)])/,
      (_match, before = '', mark = '', number = '', stop = '') => `${before}${number}&#${`${mark}${stop}`.charCodeAt(0)};`,
    );
}

/** The same in a fixed-width face; mentions and links are not looked for inside. */
export function inlineCode(text: string): string {
  return `<code>${escapeMarkdown(text).replaceAll('<!-- -->', '')}</code>`;
}

/** Lines as they are, in a fence longer than any run of backticks in them. */
export function codeBlock(text: string, language = ''): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${visible(text)}\n${fence}`;
}
