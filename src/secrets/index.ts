export { findSecrets } from './find.js';
export { isPlaceholder } from './harmless.js';
export type { SecretHit } from './hit.js';
export { mask } from './mask.js';
export { isCredentialName } from './name.js';
export { looksLikeSecret } from './named.js';
