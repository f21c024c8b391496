export type { Assume } from './prepare.js';
export { type QueryLine, queryLines } from './query-lines.js';
export {
  type CanAnswer,
  type CanDecryptAnswer,
  type CanQuestion,
  openQuestions,
  type QuestionOptions,
  type Questions,
  type RequestFacts,
  type WhoCanAnswer,
  type WhoCanQuestion,
} from './questions.js';
