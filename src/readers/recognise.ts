/** What a file seems to hold, before it is parsed. */
export type Recognised =
  | { readonly kind: 'cloudformation' }
  | { readonly kind: 'cloud-assembly-manifest' }
  /** `what` is a noun phrase for the list of skipped files: "a Kubernetes manifest". */
  | { readonly kind: 'other'; readonly what: string };

/**
 * Tells templates from other YAML and JSON by a look at the text, without parsing it, so that a broken template is known for one.
 * A template quoted inside another file (in a block of a Kubernetes ConfigMap, in a string of a Terraform plan) makes no template.
 */
export function recognise(file: string, text: string): Recognised {
  const braced = /^\uFEFF?\s*[{[]/.test(text);
  if (braced && isAssemblyManifest(file, text)) return { kind: 'cloud-assembly-manifest' };
  if (braced ? isBracedTemplate(text) : isBlockTemplate(text)) return { kind: 'cloudformation' };
  return { kind: 'other', what: whatElse(file, text, braced) };
}

function isAssemblyManifest(file: string, text: string): boolean {
  return /(^|\/)manifest\.json$/.test(file) && text.includes('"artifacts"') && /"(aws:cloudformation:stack|cdk:[a-z-]+)"/.test(text);
}

const FORMAT_VERSION = 'AWSTemplateFormatVersion';
const RESOURCE_NAMESPACE = '(?:AWS|Alexa|Custom)::';

/** JSON, or YAML in braces. A quote behind a backslash belongs to a text inside the text. */
function isBracedTemplate(text: string): boolean {
  if (text.includes(FORMAT_VERSION) && key(FORMAT_VERSION).test(text)) return true;
  return key('Resources').test(text) && BRACED_TYPE.test(text);
}

const BRACED_TYPE = new RegExp(`(?<!\\\\)(?:"Type"|[{,\\s]Type)\\s*:\\s*["']?${RESOURCE_NAMESPACE}`);

function key(name: string): RegExp {
  return new RegExp(`(?<!\\\\)(?:"${name}"|'${name}'|[{,\\s]${name})\\s*:`);
}

/** YAML in lines: its own keys stand at the indentation of its first one. */
function isBlockTemplate(text: string): boolean {
  const indent = /^(?!---|%)( {0,40})[^\s#]/m.exec(text.replace(/^\uFEFF/, ''))?.[1] ?? '';
  const own = (name: string): boolean => new RegExp(`^\\uFEFF?${indent}["']?${name}["']?[ \\t]*:`, 'm').test(text);
  if (own(FORMAT_VERSION)) return true;
  if (own('Transform') && text.includes('AWS::Serverless')) return true;
  return own('Resources') && BLOCK_TYPE.test(text);
}

const BLOCK_TYPE = new RegExp(`(?:^|[\\s{,])["']?Type["']?[ \\t]*:\\s*["']?${RESOURCE_NAMESPACE}`);

interface Signature {
  readonly what: string;
  readonly file?: RegExp;
  /** Top-level keys, all of which are there. */
  readonly keys?: readonly string[];
}

/** The first that fits names the file. */
const OTHERS: readonly Signature[] = [
  { what: 'an npm package file', file: /(^|\/)(package|package-lock|npm-shrinkwrap)\.json$/ },
  { what: 'a GitHub workflow', file: /(^|\/)\.github\/workflows\/[^/]+$/ },
  { what: 'a Helm chart', file: /(^|\/)Chart\.ya?ml$/ },
  { what: 'a CDK construct tree', file: /(^|\/)tree\.json$/, keys: ['version', 'tree'] },
  { what: 'a list of CDK assets', file: /\.assets\.json$/ },
  { what: 'a Terraform plan', keys: ['format_version', 'terraform_version'] },
  { what: 'a Kubernetes manifest', keys: ['apiVersion', 'kind'] },
  { what: 'an OpenAPI document', keys: ['openapi'] },
  { what: 'an OpenAPI document', keys: ['swagger'] },
  { what: 'a GitHub workflow', keys: ['on', 'jobs'] },
  { what: 'a Serverless Framework configuration', keys: ['service', 'provider'] },
  { what: 'a Compose file', keys: ['services'] },
  { what: 'a list of template parameters', keys: ['ParameterKey'] },
  { what: 'a list of template parameters', keys: ['Parameters', 'Tags'] },
  { what: 'a policy document', keys: ['Statement'] },
  { what: 'a JSON schema', keys: ['$schema'] },
];

function whatElse(file: string, text: string, braced: boolean): string {
  if (text.trim() === '') return 'an empty file';
  const found = OTHERS.find(
    (other) => (other.file === undefined || other.file.test(file)) && (other.keys ?? []).every((name) => hasKey(text, name, braced)),
  );
  return found?.what ?? (braced ? 'JSON without template resources' : 'YAML without template resources');
}

function hasKey(text: string, name: string, braced: boolean): boolean {
  const escaped = name.replace('$', '\\$');
  return new RegExp(braced ? `"${escaped}"\\s*:` : `^["']?${escaped}["']?[ \\t]*:`, 'm').test(text);
}
