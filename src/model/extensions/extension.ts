import type { ExtensionSchema } from '../schema/shape.js';

/** What CloudFormation lacks of a type (or a whole type, `Keyward::…`), with the AWS page that tells of it. */
export interface Extension {
  readonly type: string;
  /** The AWS page. */
  readonly page: string;
  readonly properties: Readonly<Record<string, ExtensionSchema>>;
  /** Facts that only a live account tells. */
  readonly observed?: Readonly<Record<string, ExtensionSchema>>;
}
