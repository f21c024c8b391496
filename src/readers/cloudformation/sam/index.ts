export { expandSam, type SamExpansion } from './expand-sam.js';
export type { SamProblem } from './expansion.js';
