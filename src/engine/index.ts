export { type BaselineEntry, baselineText, entryOf, matchBaseline } from './baseline/baseline.js';
export type { Config, Threshold } from './config/config.js';
export { configuration } from './config/configuration.js';
export { type Discovery, discover } from './discovery/discover.js';
export { type Scanned, type ScanOptions, scan } from './scan.js';
export { UsageError } from './usage-error.js';
export { VERSION } from './version.js';
