import type { Resource } from '../../model/index.js';
import type { RuleContext } from '../rule.js';

/** What one template declares, without its nested stacks, each by its address in that template. */
export function membersOf(template: Resource, context: RuleContext): readonly { readonly resource: Resource; readonly address: string }[] {
  const stack = template.address.replace(/\(template\)$/, '');
  return context.scope.resources.flatMap((resource) => {
    const address = resource.address.startsWith(stack) ? resource.address.slice(stack.length) : '';
    return address === '' || address.includes('/') ? [] : [{ resource, address }];
  });
}
