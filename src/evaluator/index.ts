export { type AccessDifference, type Comparison, compareAccess } from './compare.js';
export { type CompiledAccess, compileAccess } from './compile.js';
export { decide } from './decide.js';
export { type AuthorizationDetails, accessOfDetails, DETAILS_ASSUMPTIONS } from './inputs/from-authorization-details.js';
export { accessOfScope, OTHER_PRINCIPALS, type ScopeAccess, TEMPLATE_ASSUMPTIONS } from './inputs/from-scope.js';
export * from './joins/index.js';
export { type ParsedPolicy, type PolicyProblem, type PolicySource, parsePolicy } from './policy/parse.js';
export { generated, hasSymbol, shownText, symbol } from './text/symbol.js';
export { type Judge, type Reach, type WhoCanQuery, whoCan } from './who-can.js';
