import { type TextPart, textOf, type Value } from '../../model/index.js';
import { partsOf } from './text.js';

/** The parts of an ARN, each a text that may be open. */
export interface Arn {
  readonly partition: Value;
  readonly service: Value;
  readonly region: Value;
  readonly account: Value;
  readonly resource: Value;
}

/**
 * Reads `arn:partition:service:region:account:resource`, with open parts wherever they stand between two colons.
 * Undefined for what is no ARN, or where an open part may hold colons of its own.
 */
export function readArn(value: Value): Arn | undefined {
  const parts = partsOf(value);
  if (parts === undefined) return undefined;
  const segments: TextPart[][] = [[]];
  for (const part of parts) {
    if (typeof part !== 'string') {
      segments.at(-1)?.push(part);
      continue;
    }
    let rest = part;
    while (segments.length < 6) {
      const colon = rest.indexOf(':');
      if (colon < 0) break;
      segments.at(-1)?.push(rest.slice(0, colon));
      segments.push([]);
      rest = rest.slice(colon + 1);
    }
    segments.at(-1)?.push(rest);
  }
  const [arn, partition, service, region, account, resource] = segments.map((segment): Value => textOf(segment));
  if (arn !== 'arn' || partition === undefined || service === undefined) return undefined;
  if (region === undefined || account === undefined || resource === undefined) return undefined;
  return { partition, service, region, account, resource };
}
