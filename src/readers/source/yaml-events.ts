import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { isOpeningBracket, type Properties, type YamlBuilder } from './yaml-builder.js';
import { blockHeader, flowEnd, skipBlank } from './yaml-gap.js';

const NONE: Properties = { tag: undefined, anchor: undefined };

/**
 * The quick way: feeds the first document of `text` to `builder` from js-yaml's events. Throws js-yaml's exception at the
 * first thing that parser takes for an error. Returns where a second document begins, if one does.
 */
export function buildFromEvents(text: string, builder: YamlBuilder, depth: number): number | undefined {
  // The parser counts a scalar as a level and tries keys one level down; the builder has the exact limit.
  const events = parseEvents(text, { maxDepth: depth + 4 });
  /** Of each open collection: whether a bracket ends it. */
  const bracketed: boolean[] = [];
  let started = false;
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (started) return skipBlank(text, builder.cursor);
        started = true;
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        if (event.type === EVENT_ID.MAPPING && event.style === COLLECTION_STYLE.BLOCK) refuseSecondKey(text, event.start, builder);
        bracketed.push(event.style === COLLECTION_STYLE.FLOW && isOpeningBracket(text.charCodeAt(event.start)));
        builder.open(event.type === EVENT_ID.MAPPING ? 'map' : 'list', event.start, propertiesOf(text, event));
        break;
      case EVENT_ID.SCALAR:
        addScalar(text, event, builder);
        break;
      case EVENT_ID.ALIAS:
        builder.alias(text.slice(event.anchorStart, event.anchorEnd), { start: event.anchorStart - 1, end: event.anchorEnd });
        break;
      case EVENT_ID.POP:
        // The last one closes the document.
        if (bracketed.length > 0) builder.close(bracketed.pop() === true ? flowEnd(text, builder.cursor) : undefined);
        break;
    }
  }
  return undefined;
}

/** js-yaml takes `a: !Ref b: c` for a map in `a`; YAML does not let a map begin on the line of its key. */
function refuseSecondKey(text: string, start: number, builder: YamlBuilder): void {
  if (builder.awaitsValue && !/[\r\n]/.test(text.slice(builder.cursor, start))) throw new Error('A map begins on the line of its key.');
}

type WithProperties = Exclude<Event, { type: typeof EVENT_ID.DOCUMENT | typeof EVENT_ID.ALIAS | typeof EVENT_ID.POP }>;

function propertiesOf(text: string, event: WithProperties): Properties {
  if (event.tagStart === -1 && event.anchorStart === -1) return NONE;
  return {
    tag: event.tagStart === -1 ? undefined : text.slice(event.tagStart, event.tagEnd),
    anchor: event.anchorStart === -1 ? undefined : text.slice(event.anchorStart, event.anchorEnd),
  };
}

function addScalar(text: string, event: ScalarEvent, builder: YamlBuilder): void {
  const { valueStart: start, valueEnd: end } = event;
  const properties = propertiesOf(text, event);
  if (start === -1) {
    builder.empty(properties);
    return;
  }
  const value = event.fast ? text.slice(start, end) : getScalarValue(text, event);
  switch (event.style) {
    case SCALAR_STYLE.PLAIN:
      builder.scalar('plain', value, start, end, properties);
      return;
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      builder.scalar('quoted', value, start - 1, end + 1, properties);
      return;
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK: {
      const header = blockHeader(text, Math.max(builder.cursor, event.tagEnd, event.anchorEnd), start);
      builder.block(value, header, end, properties);
      return;
    }
  }
}
