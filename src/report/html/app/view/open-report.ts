import type { Payload } from '../../payload.js';
import { type Facet, facetsOf } from '../data/facets.js';
import { type Search, searchOf } from '../data/search.js';

/** The payload with what is derived from it once. */
export interface OpenReport {
  readonly payload: Payload;
  readonly facets: readonly Facet[];
  readonly search: Search;
}

export function openReport(payload: Payload): OpenReport {
  return { payload, facets: facetsOf(payload), search: searchOf(payload) };
}
