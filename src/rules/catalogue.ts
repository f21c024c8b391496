import { readFileSync } from 'node:fs';
import type { Severity } from '../model/index.js';
import type { Relation } from './rule.js';

/** A problem that keyward means to report, whether a rule of it is written or not. */
export interface Concept {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** CloudFormation types that can show it. */
  readonly types: readonly string[];
}

export interface Catalogue {
  readonly concepts: readonly Concept[];
  readonly relations: readonly Relation[];
}

/** The catalogue of a rules folder. */
export async function readCatalogue(folder: string): Promise<Catalogue> {
  const { parse } = await import('yaml');
  return parse(readFileSync(`${folder}/catalogue.yaml`, 'utf8')) as Catalogue; // our own file; test/rules/catalogue.test.ts checks its shape
}
