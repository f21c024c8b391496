/** Prose broken at blanks to at most `width` columns, each line indented. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  for (const paragraph of text.split(/\n\s*\n/)) {
    let line = indent;
    for (const word of paragraph.split(/\s+/).filter((part) => part !== '')) {
      if (line.length > indent.length && line.length + 1 + word.length > width) {
        lines.push(line);
        line = indent;
      }
      line += line === indent ? word : ` ${word}`;
    }
    lines.push(line);
  }
  return lines.join('\n');
}
