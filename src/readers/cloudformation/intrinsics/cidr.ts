import { type Domain, isList, type Value } from '../../../model/index.js';
import type { SourceNode } from '../../source/node.js';
import { overChoices } from '../choice.js';
import { computed } from '../computed.js';
import type { Env } from '../stack.js';
import { splitCases } from '../variable.js';
import { malformed } from './reference.js';

/**
 * `Fn::Cidr: [ipBlock, count, cidrBits]`: the first `count` blocks of size 2^cidrBits in `ipBlock`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html
 */
export function cidr(argument: Value, env: Env, node: SourceNode): Value {
  if (!isList(argument) || argument.length < 2 || argument.length > 3) {
    return malformed('Fn::Cidr', '[ipBlock, count, cidrBits]', env, node);
  }
  return overChoices(
    argument.map((item) => splitCases(item, env.stack.reading)),
    (items) => {
      const [block, count, bits] = items;
      const blocks = subnets(block, integer(count), integer(bits));
      const domain: Domain = { type: 'array', minItems: integer(count) ?? 1 };
      return blocks ?? computed('Fn::Cidr', items, domain);
    },
  );
}

function integer(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

function subnets(block: Value | undefined, count: number | undefined, bits: number | undefined): readonly string[] | undefined {
  if (typeof block !== 'string' || count === undefined || count < 1 || count > 256) return undefined;
  const [address, length] = block.split('/');
  if (address === undefined || length === undefined || !/^\d+$/.test(length)) return undefined;
  const six = address.includes(':');
  const width = six ? 128 : 32;
  const start = six ? ipv6(address) : ipv4(address);
  // Without cidrBits the size of an IPv6 block is /64, of an IPv4 block what the caller has to say.
  const size = bits ?? (six ? 64 : undefined);
  if (start === undefined || size === undefined || size > width - Number(length)) return undefined;
  if (2 ** (width - Number(length) - size) < count) return undefined;
  const step = 1n << BigInt(size);
  const first = (start >> BigInt(width - Number(length))) << BigInt(width - Number(length));
  return Array.from({ length: count }, (_, index) => {
    const at = first + step * BigInt(index);
    return `${six ? ipv6Text(at) : ipv4Text(at)}/${width - size}`;
  });
}

function ipv4(text: string): bigint | undefined {
  const octets = text.split('.').map(Number);
  if (octets.length !== 4 || octets.some((octet) => !Number.isInteger(octet) || octet < 0 || octet > 255)) return undefined;
  return octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}

function ipv4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
}

function ipv6(text: string): bigint | undefined {
  const [left = '', right] = text.split('::');
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const missing = 8 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** With the first longest run of zero groups shortened, as AWS shows addresses. */
function ipv6Text(address: bigint): string {
  const groups = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => ((address >> shift) & 0xffffn).toString(16));
  const runs = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length || a.index - b.index);
  const longest = runs[0];
  if (longest === undefined) return groups.join(':');
  const text = groups.join(':');
  return `${text.slice(0, longest.index)}::${text.slice(longest.index + longest[0].length).replace(/^:/, '')}`;
}
