/**
 * What code scanning hosts take. Over a maximum GitHub refuses the whole file, GitLab drops the result.
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
export const LIMITS = {
  resultsInRun: 25_000,
  /** Of a run with more, GitHub shows these many. */
  resultsShown: 5_000,
  locationsInResult: 1_000,
  tagsInRule: 20,
  nameLength: 255,
  descriptionLength: 1_024,
  /** GitLab leaves out a result whose message is longer. */
  messageLength: 1_024,
} as const;

/** At most `length` UTF-16 code units, the last an ellipsis where something was cut; no half of a surrogate pair is left. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
