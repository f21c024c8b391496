export { type AccessDifference, type Comparison, compareAccess } from './compare.js';
export { type CompiledAccess, compileAccess } from './compile.js';
export { decide } from './decide.js';
export { type AuthorizationDetails, accessOfDetails } from './inputs/from-authorization-details.js';
export { accessOfScope, type ScopeAccess, TEMPLATE_ASSUMPTIONS } from './inputs/from-scope.js';
export { type ParsedPolicy, type PolicyProblem, type PolicySource, parsePolicy } from './policy/parse.js';
export { shownText } from './text/symbol.js';
export { type Reach, whoCan } from './who-can.js';
