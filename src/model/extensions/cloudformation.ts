import type { Extension } from './extension.js';

/** What a template declares besides resources, so that rules can judge parameters, outputs and the template itself. */
export const CLOUDFORMATION_TYPES: readonly Extension[] = [
  {
    type: 'Keyward::CloudFormation::Parameter',
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
    properties: {
      Name: { type: 'string' },
      Type: { type: 'string' },
      Default: { type: 'any' },
      NoEcho: { type: 'boolean' },
      AllowedValues: { type: 'array', items: { type: 'any' } },
      AllowedPattern: { type: 'string' },
      MinLength: { type: 'number' },
      MaxLength: { type: 'number' },
      Description: { type: 'string' },
      /** Where the value goes: the address and type of the resource, and the path of the property in it. */
      FeedsProperties: {
        type: 'array',
        items: { type: 'object', properties: { resource: { type: 'string' }, type: { type: 'string' }, path: { type: 'string' } } },
      },
    },
  },
  {
    type: 'Keyward::CloudFormation::Output',
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html',
    properties: { Name: { type: 'string' }, Value: { type: 'any' }, ExportName: { type: 'string' }, Description: { type: 'string' } },
  },
  {
    type: 'Keyward::CloudFormation::Template',
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html',
    properties: { Metadata: { type: 'any' }, Description: { type: 'string' }, Transform: { type: 'any' } },
  },
];
