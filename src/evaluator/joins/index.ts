export { type DataDecision, type DecisionPart, decideData } from './decide-data.js';
export { managedKey, unreadPolicy, unseenKey, withKeysBehind } from './keys-behind.js';
