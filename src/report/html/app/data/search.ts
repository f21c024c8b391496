import type { Payload } from '../../payload.js';

/** Finds words in what identifies a finding: message, rule, resource, file, fingerprint. */
export interface Search {
  /** A test for rows; every word of the query must be in the row, in any field, whatever the case. */
  matcher(query: string): ((row: number) => boolean) | undefined;
  /** Does the first search's extra work ahead of it. */
  prepare(): void;
}

/** Each distinct text is searched once a word, not once a row; texts are lowered on the first search. */
export function searchOf(payload: Payload): Search {
  const { rows, rules, resources, places } = payload;
  const columns = [resources.name, resources.address, resources.type];
  let lowered: { readonly texts: readonly string[]; readonly rules: readonly string[] } | undefined;
  const lower = () => {
    lowered ??= {
      texts: loweredAt(payload.texts, [rows.message, places.file, ...columns]),
      rules: rules.map((rule) => `${rule.id} ${rule.title}`.toLowerCase()),
    };
    return lowered;
  };
  const hits = (word: string) => {
    const inText = marked(lower().texts, word);
    const inRule = marked(lower().rules, word);
    const inResource = Uint8Array.from(resources.name, (_, id) => (columns.some((column) => inText[column[id] ?? 0] === 1) ? 1 : 0));
    return (row: number): boolean =>
      inText[rows.message[row] ?? 0] === 1 ||
      inRule[rows.rule[row] ?? 0] === 1 ||
      inResource[rows.resource[row] ?? 0] === 1 ||
      inText[places.file[rows.place[row] ?? 0] ?? 0] === 1 ||
      (word.length >= 6 && (rows.fingerprint[row] ?? '').startsWith(word));
  };
  return {
    prepare: () => void lower(),
    matcher(query) {
      const words = query
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
      if (words.length === 0) return undefined;
      const tests = words.map(hits);
      return (row) => tests.every((test) => test(row));
    },
  };
}

/** The texts that the columns name, in lower case; the others (lines of frames, mostly) left empty. */
function loweredAt(texts: readonly string[], columns: readonly (readonly number[])[]): readonly string[] {
  const found = new Array<string>(texts.length).fill('');
  for (const column of columns) for (const id of column) if (found[id] === '') found[id] = texts[id]?.toLowerCase() ?? '';
  return found;
}

function marked(texts: readonly string[], word: string): Uint8Array {
  const found = new Uint8Array(texts.length);
  for (let index = 0; index < texts.length; index++) if (texts[index]?.includes(word)) found[index] = 1;
  return found;
}
