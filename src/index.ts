/**
 * keyward as a library: the same scan the command runs, and the report it prints.
 *
 *     import { scan } from 'keyward';
 *     const { report } = await scan({ inputs: ['cdk.out'] });
 *
 * and the same answers about access:
 *
 *     const questions = await openQuestions({ inputs: ['cdk.out'], workingFolder: '.', resourcePolicies: [], assume: 'stated' });
 *     questions.whoCan({ action: 'kms:Decrypt', resource: 'OrdersKey', context: {}, contextComplete: false, chains: 'followed' });
 */
export {
  type CanAnswer,
  type CanQuestion,
  openQuestions,
  type QuestionOptions,
  type Questions,
  type WhoCanAnswer,
  type WhoCanQuestion,
} from './engine/access/index.js';
export { type Scanned, type ScanOptions, scan, type Threshold, UsageError, VERSION } from './engine/index.js';
export type * from './model/index.js';
export { FORMATS, type Format, parseReport, type Reporter, type ReporterOptions, reporterFor } from './report/index.js';
