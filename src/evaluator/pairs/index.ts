export { type AllPairs, allPairs, type PairCell, type PairOutcome, type PairsOf } from './all-pairs.js';
export { type Batch, batchOf, decideMany } from './decide-many.js';
