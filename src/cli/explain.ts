import { UsageError } from '../engine/index.js';
import type { RuleFix } from '../model/index.js';
import type { Rule } from '../rules/index.js';
import type { Io } from './io.js';
import type { ExitCode } from './main.js';
import { type RuleFolderOptions, rulebookOf } from './rules.js';
import { wrap } from './wrap.js';

/** `keyward explain RULE` */
export async function explainCommand(id: string, options: RuleFolderOptions, io: Io): Promise<ExitCode> {
  const { rules } = await rulebookOf(options, io);
  const rule = rules.get(id) ?? [...rules.values()].find(({ covers }) => covers.includes(id));
  if (rule === undefined) {
    const near = [...rules.keys()].filter((known) => known.includes(id) || id.split('-').every((word) => known.includes(word))).slice(0, 5);
    throw new UsageError(`There is no rule ${id}.`, near.length > 0 ? `Do you mean ${near.join(', ')}?` : 'keyward rules lists them.');
  }
  const width = Math.min(io.stdout.columns ?? 80, 100);
  io.stdout.write(pageOf(rule, width));
  return 0;
}

function pageOf(rule: Rule, width: number): string {
  const section = (title: string, text: string): string => `\n${title}\n${wrap(text, width, '  ')}\n`;
  const list = (title: string, items: readonly string[]): string =>
    items.length === 0 ? '' : `\n${title}\n${items.map((item) => `  ${item}`).join('\n')}\n`;
  return [
    `${rule.id} (${rule.severity})\n${wrap(rule.title, width, '')}\n`,
    section('Why', rule.why),
    section('Fix', rule.fix.text),
    snippet('In CloudFormation', rule.fix.cloudformation),
    snippet('In Terraform', rule.fix.terraform),
    section('What it takes', MIGRATION[rule.fix.migration]),
    list('Judges', [...rule.resource, `from ${rule.sources.join(', ')}`]),
    list('Also covers', rule.covers),
    list('Controls', rule.controls),
    list(
      'Read more',
      rule.references.map(({ title, url }) => `${title}: ${url}`),
    ),
  ].join('');
}

const MIGRATION: Readonly<Record<RuleFix['migration'], string>> = {
  none: 'Nothing moves: a setting changes.',
  'in-place': 'It is turned on in place; what is stored already may need rewriting to be covered.',
  'snapshot-restore': 'What is there has to be copied: snapshot, encrypted copy, restore.',
  replace: 'CloudFormation replaces the resource: plan how the data moves.',
  manual: 'There is no general patch: it hangs on your case.',
};

function snippet(title: string, text: string | undefined): string {
  return text === undefined ? '' : `\n${title}\n${text.trimEnd().replace(/^(?=.)/gm, '  ')}\n`;
}
