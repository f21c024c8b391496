/** Shannon entropy of the text's own characters, in bits a character: 0 for `aaaa`, 4 for sixteen different ones in equal number. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/**
 * True for a text that reads as generated and not as words: one unbroken token of 20 or more characters, hexadecimal, or with
 * digits among letters, whose characters are spread as random ones are. The floors are what random tokens of 20 characters
 * reach in more than 99 of 100 draws, and what words joined by dashes do not.
 */
export function looksRandom(text: string): boolean {
  if (text.length < 20 || text.length > 4096 || !/^[A-Za-z0-9+/=_.~-]+$/.test(text)) return false;
  if (/^[0-9a-f-]+$/.test(text) || /^[0-9A-F-]+$/.test(text)) return /[a-fA-F]/.test(text) && /\d/.test(text) && entropy(text) >= 2.8;
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  return entropy(text) >= 3.4 && longestWord(text) < 8;
}

/** Length of the longest run of lower-case letters (a first capital counts): random text of mixed characters has short ones. */
function longestWord(text: string): number {
  let longest = 0;
  for (const word of text.match(/[A-Z]?[a-z]+/g) ?? []) longest = Math.max(longest, word.length);
  return longest;
}
