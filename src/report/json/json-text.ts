/** As in `visible`, of what JSON leaves as it is: C1 controls, bidi and zero-width characters, tags. */
const UNSEEN = /[\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** JSON whose strings act on no terminal and hide from no reader, without a change to what it says: such characters stand as `\uXXXX`. */
export function jsonText(data: unknown, indent: number): string {
  return `${JSON.stringify(data, undefined, indent).replace(UNSEEN, escaped)}\n`;
}

function escaped(characters: string): string {
  return Array.from({ length: characters.length }, (_, index) => `\\u${characters.charCodeAt(index).toString(16).padStart(4, '0')}`).join(
    '',
  );
}
