import type { Extension } from './extension.js';

/** Types of our own: things of an account that no CloudFormation type makes. */
export const KEYWARD_TYPES: readonly Extension[] = [
  {
    type: 'Keyward::EC2::EncryptionByDefault',
    page: 'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html',
    properties: { Enabled: { type: 'boolean' }, KmsKeyId: { type: 'string' } },
  },
  {
    type: 'Keyward::KMS::CustomKeyStore',
    page: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CustomKeyStoresListEntry.html',
    properties: {
      CustomKeyStoreName: { type: 'string' },
      CustomKeyStoreType: { type: 'string' },
      CloudHsmClusterId: { type: 'string' },
      KeyStorePassword: { type: 'string' },
      XksProxyUriEndpoint: { type: 'string' },
      XksProxyConnectivity: { type: 'string' },
    },
    observed: { ConnectionState: { type: 'string' }, ConnectionErrorCode: { type: 'string' } },
  },
  {
    type: 'Keyward::KMS::Grant',
    page: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html',
    properties: {
      KeyId: { type: 'string' },
      Name: { type: 'string' },
      GranteePrincipal: { type: 'string' },
      RetiringPrincipal: { type: 'string' },
      Operations: { type: 'array', items: { type: 'string' } },
      Constraints: { type: 'json' },
    },
  },
];
