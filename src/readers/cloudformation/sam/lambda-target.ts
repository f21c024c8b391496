import type { Span } from '../../../model/index.js';
import type { MapNode } from '../../source/index.js';
import type { ExecutionRole } from './execution-role.js';
import { addBeside, type Expansion, type SamResource } from './expansion.js';
import type { Made, MadeMap } from './made.js';

/** What an event of a function leads to: the function, or its alias where one is published. */
export interface LambdaTarget {
  readonly function: SamResource;
  readonly name: MadeMap;
  readonly arn: MadeMap;
  /** Absent where the function has a role of its own, to which SAM adds nothing. */
  readonly role: ExecutionRole | undefined;
}

/** One entry of a function's or state machine's `Events`. */
export interface SamEvent {
  readonly type: string;
  /** Logical id of the owner and of the event joined: the id of what the event makes. */
  readonly id: string;
  readonly span: Span;
  readonly properties: MapNode;
}

/** Lets a service invoke the function. */
export function addPermission(
  expansion: Expansion,
  target: LambdaTarget,
  id: string,
  span: Span,
  principal: string,
  source: { readonly SourceArn?: Made; readonly SourceAccount?: Made; readonly EventSourceToken?: Made | undefined },
): void {
  addBeside(expansion, target.function, id, 'AWS::Lambda::Permission', span, {
    Action: 'lambda:InvokeFunction',
    FunctionName: target.name,
    Principal: principal,
    ...source,
  });
}
