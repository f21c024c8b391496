import type { Extension } from './extension.js';

/** CloudFormation can't make a SecureString, so its type has no key. */
export const SSM_EXTENSIONS: readonly Extension[] = [
  {
    type: 'AWS::SSM::Parameter',
    page: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html',
    properties: { KeyId: { type: 'string' } },
  },
];
