export { type AccessDifference, type Comparison, compareAccess } from './compare.js';
export {
  compareModels,
  type Grantor,
  type ModelChange,
  type ModelComparison,
  type ModelDifference,
  type Otherwise,
} from './compare-models.js';
export { type CompiledAccess, compileAccess, extendAccess } from './compile.js';
export { decide } from './decide.js';
export { assumedLayer, DETAILS_ASSUMPTIONS, OTHER_PRINCIPALS, TEMPLATE_ASSUMPTIONS } from './inputs/assumptions.js';
export { type AuthorizationDetails, accessOfDetails } from './inputs/from-authorization-details.js';
export { accessOfScope, type ScopeAccess } from './inputs/from-scope.js';
export * from './joins/index.js';
export { outsideAccess, type Zone } from './outside.js';
export type { OutsideAnswer, OutsideWay } from './outsider.js';
export { type AllPairs, allPairs, type Batch, batchOf, decideMany, type PairCell, type PairOutcome, type PairsOf } from './pairs/index.js';
export { type ParsedPolicy, type PolicyProblem, type PolicySource, parsePolicy } from './policy/parse.js';
export { publicAccess } from './public.js';
export * from './search/index.js';
export { generated, hasSymbol, shownText, symbol } from './text/symbol.js';
export { type Judge, type Reach, type WhoCanQuery, whoCan } from './who-can.js';
