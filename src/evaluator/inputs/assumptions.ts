/** Layers that a source can't hold, each with the sentence an answer names it by. */
export const ASSUMED = {
  'control-policies': {
    template: 'No service or resource control policy stands in the way: a template holds none.',
    details: 'No service or resource control policy stands in the way: the saved account data hold none.',
  },
  grants: {
    template: 'No grant has been made on the keys: grants are made at run time.',
    details: 'No permission comes from grants that were not given: the saved account data hold none.',
  },
  principals: {
    template: "The account's other principals are not in the template; whoever the account's IAM lets use a delegating key may do so.",
  },
} as const;

/** That a source holds a part of an account's principals only. */
export const OTHER_PRINCIPALS: string = ASSUMED.principals.template;

/** What the policies of templates can't say; it is assumed not to change the answer. */
export const TEMPLATE_ASSUMPTIONS: readonly string[] = [
  ASSUMED['control-policies'].template,
  ASSUMED.grants.template,
  ASSUMED.principals.template,
];

/** What a saved account holds no trace of; it is assumed not to change the answer. */
export const DETAILS_ASSUMPTIONS: readonly string[] = [ASSUMED['control-policies'].details, ASSUMED.grants.details];

/** Which layer a sentence is about; undefined for those of a single question. */
export function assumedLayer(sentence: string): keyof typeof ASSUMED | undefined {
  for (const layer of ['control-policies', 'grants', 'principals'] as const) {
    if (Object.values<string>(ASSUMED[layer]).includes(sentence)) return layer;
  }
  return undefined;
}
