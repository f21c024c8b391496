export { expandSam, type SamExpansion } from './expand-sam.js';
export type { SamGap, SamProblem } from './expansion.js';
