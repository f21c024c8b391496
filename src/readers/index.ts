export { type AssemblyPlan, planAssembly } from './cloudformation/assembly/index.js';
export { readTemplate } from './cloudformation/index.js';
export { type PolicyContent, type PolicyFile, type PolicyFileRead, readPolicyFile } from './policy/index.js';
export * from './reader.js';
export { type Recognised, recognise } from './recognise.js';
export { type Decoded, decodeText, type LineIndex, lineIndex } from './source/index.js';
