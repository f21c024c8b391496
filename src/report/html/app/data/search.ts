import type { Payload } from '../../payload.js';

/** Finds words in what identifies a finding: message, rule, resource, file, fingerprint. */
export interface Search {
  /** A test for rows; every word of the query must be in the row, in any field, whatever the case. */
  matcher(query: string): ((row: number) => boolean) | undefined;
}

/** Each distinct text is searched once a word, not once a row; texts are lowered on the first search. */
export function searchOf(payload: Payload): Search {
  const { rows, rules, resources, places } = payload;
  let texts: readonly string[] | undefined;
  let ruleTexts: readonly string[] | undefined;
  const hits = (word: string) => {
    texts ??= payload.texts.map((text) => text.toLowerCase());
    ruleTexts ??= rules.map((rule) => `${rule.id} ${rule.title}`.toLowerCase());
    const inText = marked(texts, word);
    const inRule = marked(ruleTexts, word);
    const columns = [resources.name, resources.address, resources.type];
    const inResource = Uint8Array.from(resources.id, (_, id) => (columns.some((column) => inText[column[id] ?? 0] === 1) ? 1 : 0));
    return (row: number): boolean =>
      inText[rows.message[row] ?? 0] === 1 ||
      inRule[rows.rule[row] ?? 0] === 1 ||
      inResource[rows.resource[row] ?? 0] === 1 ||
      inText[places.file[rows.place[row] ?? 0] ?? 0] === 1 ||
      (word.length >= 6 && (rows.fingerprint[row] ?? '').startsWith(word));
  };
  return {
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

function marked(texts: readonly string[], word: string): Uint8Array {
  const found = new Uint8Array(texts.length);
  for (let index = 0; index < texts.length; index++) if (texts[index]?.includes(word)) found[index] = 1;
  return found;
}
