import { CLOUDFORMATION_TYPES } from './cloudformation.js';
import type { Extension } from './extension.js';
import { KEYWARD_TYPES } from './keyward.js';
import { SSM_EXTENSIONS } from './ssm.js';

export type { Extension } from './extension.js';

/** Every extension; a new file joins here. */
export const EXTENSIONS: readonly Extension[] = [...CLOUDFORMATION_TYPES, ...KEYWARD_TYPES, ...SSM_EXTENSIONS];
