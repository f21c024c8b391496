import type { ReportingDescriptor } from 'sarif';
import type { ReportRule, Severity } from '../../model/index.js';
import { visible } from '../html/visible.js';
import { LEVEL } from '../level.js';
import { codeBlock, escapeMarkdown } from '../markdown/escape.js';
import { cut, LIMITS } from './limits.js';

/** CVSS-like figures that GitHub sorts by: above 9.0 critical, from 7.0 high, from 4.0 medium, below low; a note has none. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string | undefined>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  note: undefined,
};
const PROBLEM: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'recommendation',
  note: 'recommendation',
};

export function descriptorOf(rule: ReportRule): ReportingDescriptor {
  const securitySeverity = SECURITY_SEVERITY[rule.severity];
  const link = rule.references.find(({ url }) => isWebAddress(url))?.url;
  return {
    id: visible(rule.id),
    name: cut(pascalCase(rule.id), LIMITS.nameLength),
    shortDescription: { text: sentence(cut(visible(rule.title), LIMITS.descriptionLength - 1)) },
    fullDescription: { text: sentence(cut(visible(rule.why), LIMITS.descriptionLength - 1)) },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    ...(link === undefined ? {} : { helpUri: link }),
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: {
      tags: tagsOf(rule),
      precision: 'high',
      'problem.severity': PROBLEM[rule.severity],
      ...(securitySeverity === undefined ? {} : { 'security-severity': securitySeverity }),
    },
  };
}

/** GitLab takes some CWE tags for a secret found, so none is written. */
function tagsOf(rule: ReportRule): string[] {
  const tags = ['security', rule.service, ...rule.tags, ...rule.controls].map((tag) => cut(visible(tag), LIMITS.nameLength));
  return [...new Set(tags)].filter((tag) => tag !== '' && !/cwe/i.test(tag)).slice(0, LIMITS.tagsInRule);
}

function helpText({ why, fix, references }: ReportRule): string {
  return visible([why, fix.text, ...references.map(({ title, url }) => `${title}: ${url}`)].join('\n\n'));
}

function helpMarkdown({ title, why, fix, references, controls }: ReportRule): string {
  const patch = (language: string, name: string, text: string | undefined): string[] =>
    text === undefined ? [] : [`${name}:`, codeBlock(text, language)];
  const links = references.map(({ title: name, url }) =>
    isWebAddress(url) ? `- [${escapeMarkdown(name)}](${url})` : `- ${escapeMarkdown(name)}`,
  );
  return [
    `# ${escapeMarkdown(title)}`,
    escapeMarkdown(why),
    '## Fix',
    escapeMarkdown(fix.text),
    ...patch('yaml', 'CloudFormation', fix.cloudformation),
    ...patch('hcl', 'Terraform', fix.terraform),
    ...(controls.length === 0 ? [] : [`Controls: ${controls.map(escapeMarkdown).join(', ')}`]),
    ...(links.length === 0 ? [] : ['## References', links.join('\n')]),
  ].join('\n\n');
}

/** Only what can be put between parentheses in Markdown and followed without harm. */
function isWebAddress(url: string): boolean {
  return /^https:\/\/[\w.-]+(?:[/?#][^\s()<>"\\]*)?$/.test(url);
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_match, first: string) => first.toUpperCase()).replace(/[^A-Za-z0-9]/g, '');
}
