import type { Diagnostic, FileOrigin, Path, Value } from '../../model/index.js';
import { recognise } from '../recognise.js';
import { lineIndex, parseJson, type SourceNode } from '../source/index.js';
import { jsonValue } from './json-value.js';

/** What a JSON file says about access, told by its top-level members. */
export type PolicyContent =
  /** `aws iam get-account-authorization-details` */
  | { readonly kind: 'authorization-details'; readonly value: Value }
  /** A policy document; `text` is given so that its parser can see members written twice. */
  | { readonly kind: 'document'; readonly text: string }
  /** `aws kms get-key-policy`, `aws s3api get-bucket-policy`: the document as text, without the resource it is on. */
  | { readonly kind: 'wrapped'; readonly text: string }
  /** `aws secretsmanager get-resource-policy` */
  | { readonly kind: 'on-resource'; readonly arn: string; readonly name: string; readonly text: string }
  /** `aws kms list-grants` */
  | { readonly kind: 'grants'; readonly value: Value }
  /** `aws kms list-aliases` */
  | { readonly kind: 'aliases'; readonly value: Value };

export interface PolicyFile {
  readonly file: string;
  readonly content: PolicyContent;
  /** The place of the value at a path of the file; inside a text of JSON that text's place. */
  place(path: Path): FileOrigin;
}

export type PolicyFileRead =
  | { readonly kind: 'policy'; readonly policy: PolicyFile }
  /** It seems to be one, and can't be read. */
  | { readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'other' };

/** Members one of which such a file has: files without them are not parsed. */
const MARKS = /"(?:UserDetailList|RoleDetailList|GroupDetailList|Statement|Policy|ResourcePolicy|Grants|Aliases)"\s*:/;

/** Saved account data and policy documents, told from templates and other JSON by their content. */
export function readPolicyFile(file: string, text: string, depth: number): PolicyFileRead {
  if (!/^\uFEFF?\s*\{/.test(text) || !MARKS.test(text) || recognise(file, text).kind !== 'other') return { kind: 'other' };
  const { node, problems } = parseJson(text, { depth });
  if (node === undefined) {
    // Only what can be nothing else is said to be broken: other files hold a "Statement", too.
    const sure = /"(?:UserDetailList|RoleDetailList)"/.test(text) || /"Effect"\s*:\s*"(?:Allow|Deny)"/.test(text);
    return sure ? { kind: 'failed', diagnostics: problems.map((problem) => ({ ...problem, file })) } : { kind: 'other' };
  }
  const content = contentOf(node, text);
  return content === undefined ? { kind: 'other' } : { kind: 'policy', policy: { file, content, place: placesIn(file, text, node) } };
}

function contentOf(node: SourceNode, text: string): PolicyContent | undefined {
  if (node.kind !== 'map') return undefined;
  const at = (name: string): SourceNode | undefined => node.byKey.get(name)?.value;
  const textAt = (name: string): string | undefined => {
    const found = at(name);
    return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined;
  };
  if (['UserDetailList', 'RoleDetailList', 'GroupDetailList'].some((name) => at(name)?.kind === 'list')) {
    return { kind: 'authorization-details', value: jsonValue(node) };
  }
  if (at('Statement') !== undefined) return { kind: 'document', text };
  const policy = textAt('Policy');
  if (policy !== undefined) return { kind: 'wrapped', text: policy };
  const [arn, onResource] = [textAt('ARN'), textAt('ResourcePolicy')];
  if (arn !== undefined && onResource !== undefined) {
    return { kind: 'on-resource', arn, name: textAt('Name') ?? arn, text: onResource };
  }
  if (at('Grants')?.kind === 'list') return { kind: 'grants', value: jsonValue(node) };
  if (at('Aliases')?.kind === 'list') return { kind: 'aliases', value: jsonValue(node) };
  return undefined;
}

function placesIn(file: string, text: string, root: SourceNode): (path: Path) => FileOrigin {
  const lines = lineIndex(text);
  return (path) => {
    let node = root;
    for (const step of path) {
      const next = node.kind === 'map' ? node.byKey.get(String(step))?.value : node.kind === 'list' ? node.items[Number(step)] : undefined;
      if (next === undefined) break;
      node = next;
    }
    return { kind: 'file', file, range: lines.range(node) };
  };
}
