import {
  type Cause,
  type PolicyText,
  type Reference,
  type Resource,
  Text,
  type TextPart,
  type Unknown,
  type Value,
} from '../../model/index.js';
import { symbol } from '../text/symbol.js';
import { type Deployment, referenceText } from './arn-of.js';

/** Reads values of a scope as policy texts. */
export interface TextReader {
  readonly policyText: (value: Value) => PolicyText;
  /** The same where nothing unknown is in it, else undefined. */
  readonly plainText: (value: Value) => string | undefined;
}

const PSEUDO: Readonly<Record<string, (deployment: Deployment) => string>> = {
  'AWS::AccountId': ({ account }) => account,
  'AWS::Region': ({ region }) => region,
  'AWS::Partition': () => 'aws',
  'AWS::URLSuffix': () => 'amazonaws.com',
  'AWS::StackName': () => symbol('StackName'),
  'AWS::StackId': () => symbol('StackId'),
};

export function textReader(deployment: Deployment, resource: (id: string) => Resource | undefined): TextReader {
  const reading = new Set<string>();
  const ofReference = (reference: Reference): string | Cause => {
    const target = resource(reference.target);
    const cause: Cause = { words: `${reference.attribute} of ${reference.target}`, kind: 'attribute' };
    // A name that is made from the resource itself ends in a circle.
    if (target === undefined || reading.has(reference.target)) return cause;
    reading.add(reference.target);
    const text = referenceText(target, reference.attribute, deployment, plainText);
    reading.delete(reference.target);
    return text ?? cause;
  };
  const ofUnknown = (unknown: Unknown): string | Cause => {
    const pseudo = unknown.variable === undefined ? undefined : PSEUDO[unknown.variable.split('/').at(-1) ?? ''];
    if (pseudo !== undefined) return pseudo(deployment);
    const { words, settle, kind } = unknown.reason;
    return { words, kind, ...(settle === undefined ? {} : { settle }) };
  };
  const part = (value: TextPart): string | Cause => {
    if (typeof value === 'string') return value;
    switch (value.kind) {
      case 'unknown':
        return ofUnknown(value);
      case 'reference':
        return ofReference(value);
      case 'dynamic-reference':
        return { words: `the value of ${value.text}`, kind: 'dynamic-reference' };
    }
  };
  const join = (parts: readonly TextPart[]): PolicyText => {
    let text = '';
    let unknown: Cause | undefined;
    for (const item of parts) {
      const read = part(item);
      if (typeof read === 'string') text += read;
      else {
        text += '*';
        unknown ??= read;
      }
    }
    return unknown === undefined ? { text } : { text, unknown };
  };
  const policyText = (value: Value): PolicyText => {
    if (typeof value === 'string') return { text: value };
    if (typeof value !== 'object' || value === null) return { text: String(value) };
    if (value instanceof Text) return join(value.parts);
    if ('kind' in value && (value.kind === 'unknown' || value.kind === 'reference' || value.kind === 'dynamic-reference')) {
      // The three kinds are the open parts a text can have.
      return join([value as TextPart]);
    }
    return { text: '*', unknown: { words: 'a value that hangs on a condition', kind: 'condition' } };
  };
  const plainText = (value: Value): string | undefined => {
    const { text, unknown } = policyText(value);
    return unknown === undefined ? text : undefined;
  };
  return { policyText, plainText };
}
