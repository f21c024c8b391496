import { type Expansion, report, type SamResource } from './expansion.js';
import { mapProperty, plainMap, textProperty } from './intrinsic.js';
import type { SamEvent } from './lambda-target.js';
import { mapOf } from './made.js';

/** The events of a function or state machine that are written as SAM wants them. */
export function eventsOf(expansion: Expansion, from: SamResource): readonly SamEvent[] {
  return (mapProperty(from.properties, 'Events')?.entries ?? []).flatMap((entry) => {
    const map = plainMap(entry.value);
    const type = textProperty(map, 'Type');
    if (map === undefined || type === undefined) {
      report(
        expansion,
        'warning',
        'sam-event-unknown',
        `Event ${entry.key} has no Type; it is left out.`,
        'Give the event a Type.',
        entry.keySpan,
      );
      return [];
    }
    return [{ type, id: from.id + entry.key, span: entry.keySpan, properties: mapProperty(map, 'Properties') ?? mapOf(entry.keySpan, []) }];
  });
}

export function unknownEvent(expansion: Expansion, event: SamEvent): void {
  const message = `What SAM makes for an event of type ${event.type} is not known; it is left out.`;
  report(expansion, 'warning', 'sam-event-unknown', message, 'Check the spelling of the event type.', event.span);
}
