/**
 * keyward as a library: the same scan the command runs, and the report it prints.
 *
 *     import { scan } from 'keyward';
 *     const { report } = await scan({ inputs: ['cdk.out'] });
 */
export { type Scanned, type ScanOptions, scan, type Threshold, UsageError, VERSION } from './engine/index.js';
export type * from './model/index.js';
export { FORMATS, type Format, parseReport, type Reporter, type ReporterOptions, reporterFor } from './report/index.js';
