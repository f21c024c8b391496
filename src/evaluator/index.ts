export { type CompiledAccess, compileAccess } from './compile.js';
export { decide } from './decide.js';
export { type ParsedPolicy, type PolicyProblem, type PolicySource, parsePolicy } from './policy/parse.js';
