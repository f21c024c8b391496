export { anyObject, canDecrypt, type Decryptable } from './can-decrypt.js';
export { type Chains, chainsTo } from './chains.js';
export type { Chain, ChainLink } from './link.js';
export { type ReachByKey, whoCanWithRelated } from './related-keys.js';
