import stringWidth from 'string-width';

/** Lines of at most `width` columns, broken at blanks; a longer word has a line of its own. `Infinity` breaks nothing. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const wide = stringWidth(word);
    if (line !== '' && columns + 1 + wide > width) {
      lines.push(line);
      line = '';
      columns = 0;
    }
    line += line === '' ? word : ` ${word}`;
    columns += (columns === 0 ? 0 : 1) + wide;
  }
  return line === '' ? lines : [...lines, line];
}
