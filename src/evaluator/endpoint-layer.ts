import { allOf, anyOf } from './algebra.js';
import { covers, denyReaches, namedAs, type Question } from './applies.js';
import type { CompiledAccess, CompiledDocument } from './compile.js';
import { textTest } from './condition/elementary.js';

/** What the policies of VPC endpoints say; each has a say only in calls that come through it [VPC guide: Endpoint policies]. */
export function endpointLayer<T>(access: CompiledAccess, question: Question<T>): { readonly allowed: T; readonly denied: T } {
  const { algebra, context } = question;
  const endpoints = access.model.endpoints ?? [];
  const through = (id: string): T => context.some('aws:sourcevpce', { tests: [textTest(id, 'exact', 'verbatim')], negated: false });
  return {
    allowed: allOf(algebra, endpoints, ({ id, policy }) => algebra.or(algebra.not(through(id)), gives(question, access.compile(policy)))),
    denied: anyOf(algebra, endpoints, ({ id, policy }) => algebra.and(through(id), refuses(question, access.compile(policy)))),
  };
}

/** The policies of the endpoints that the call may come through. */
export function endpointsOf<T>(access: CompiledAccess, { algebra, context }: Question<T>): readonly CompiledDocument[] {
  return (access.model.endpoints ?? [])
    .filter(({ id }) => !algebra.isNever(context.some('aws:sourcevpce', { tests: [textTest(id, 'exact', 'verbatim')], negated: false })))
    .map(({ policy }) => access.compile(policy));
}

function gives<T>(question: Question<T>, { document, allows }: CompiledDocument): T {
  const { algebra, context } = question;
  if (document.unreadable !== undefined) return context.free(`unreadable:${document.name}:allow`, document.unreadable);
  return anyOf(algebra, allows, (statement) => {
    const named = anyOf(algebra, namedAs(question, statement).values(), (truth) => truth);
    return algebra.isNever(named) ? named : algebra.and(named, covers(question, statement));
  });
}

function refuses<T>(question: Question<T>, { document, denies }: CompiledDocument): T {
  const { algebra, context } = question;
  if (document.unreadable !== undefined) return context.free(`unreadable:${document.name}:deny`, document.unreadable);
  return anyOf(algebra, denies, (statement) => algebra.and(denyReaches(question, statement), covers(question, statement)));
}
