import type { Json, JsonMap } from './schema.js';

/** A merge patch as CloudFormation YAML that is ready to print; `Ref` and `Fn::GetAtt` in their short forms. */
export async function cloudformationText(patch: JsonMap): Promise<string> {
  const { Document, isMap, isSeq, Scalar, visit } = await import('yaml');
  const document = new Document(patch);
  visit(document, {
    Map(_, node) {
      const [pair, ...more] = node.items;
      if (pair === undefined || more.length > 0) return undefined;
      const key = String(pair.key);
      const short = (text: string, tag: string): InstanceType<typeof Scalar> => Object.assign(new Scalar(text), { tag });
      if (key === 'Ref' && !isMap(pair.value)) return short(String(pair.value), '!Ref');
      if (key === 'Fn::GetAtt' && isSeq(pair.value)) return short(pair.value.items.map(String).join('.'), '!GetAtt');
      return undefined;
    },
  });
  return document.toString({ lineWidth: 0 }).trimEnd();
}

/** Attributes as HCL: nested objects are blocks, text that is a reference (`aws_kms_key.main.arn`) stands without quotes. */
export function terraformText(attributes: JsonMap): string {
  return lines(attributes, '').join('\n');
}

function lines(attributes: JsonMap, indent: string): readonly string[] {
  const plain = Object.entries(attributes).filter(([, value]) => !isBlock(value));
  const width = Math.max(0, ...plain.map(([name]) => name.length));
  return Object.entries(attributes).flatMap(([name, value]) => {
    if (!isBlock(value)) return [`${indent}${name.padEnd(width)} = ${expression(value)}`];
    const blocks: readonly Json[] = Array.isArray(value) ? value : [value];
    return blocks.flatMap((block) => [`${indent}${name} {`, ...lines(block as JsonMap, `${indent}  `), `${indent}}`]); // isBlock: all are maps
  });
}

function isBlock(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((item: Json) => isBlock(item) && !Array.isArray(item));
  return typeof value === 'object' && value !== null;
}

function expression(value: Json): string {
  if (typeof value === 'string') return /^(?:aws_\w+|var|local|data|each|module)\.[\w.[\]]+$/.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => expression(item)).join(', ')}]`;
  return JSON.stringify(value);
}
