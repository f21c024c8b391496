import type { FrameLine, Location } from '../../../../model/index.js';
import { PathText } from './path-text.js';
import { placeWords } from './words.js';

/** Lines of the source with the deciding stretch marked, or only the place where there are none to show. */
export function CodeFrame({ location }: { readonly location: Location }) {
  const place = placeWords(location);
  const lines = location.frame?.lines ?? [];
  if (place === '' && lines.length === 0) return null;
  return (
    <figure class="frame">
      <figcaption>
        <PathText path={place || (location.frame?.file ?? '')} />
        {location.label !== undefined && <span> {location.label}</span>}
        {!location.exact && <span class="quiet"> nearest line that is written</span>}
      </figcaption>
      {lines.length > 0 && (
        <pre>
          {lines.map((line, index) => (
            <Line key={line.number} line={line} after={lines[index - 1]} />
          ))}
        </pre>
      )}
    </figure>
  );
}

function Line({ line, after }: { readonly line: FrameLine; readonly after: FrameLine | undefined }) {
  const skipped = after !== undefined && line.number > after.number + 1;
  const labels = line.marks.flatMap((mark) => (mark.label === undefined ? [] : [mark.label]));
  const primary = line.marks.some((mark) => mark.primary);
  return (
    <>
      {skipped && <span class="line skipped">⋯{'\n'}</span>}
      <code class={`line${primary ? ' primary' : ''}`}>
        <span class="number">{line.number}</span>
        <span class="text">
          {segments(line).map(({ start, text, mark }) =>
            mark === undefined ? (
              text
            ) : (
              <mark key={start} class={mark}>
                {text}
              </mark>
            ),
          )}
          {'\n'}
          {labels.length > 0 && (
            <span class="label">
              {labels.join('; ')}
              {'\n'}
            </span>
          )}
        </span>
      </code>
    </>
  );
}

/** The line cut wherever a mark begins or ends; where marks overlap, the primary one shows. */
export function segments({ text, marks }: FrameLine): { start: number; text: string; mark: 'primary' | 'other' | undefined }[] {
  const within = (index: number) => Math.max(0, Math.min(text.length, index));
  const cuts = [...new Set([0, text.length, ...marks.flatMap((mark) => [within(mark.start), within(mark.end)])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const covering = marks.filter((mark) => mark.start <= start && start < mark.end);
    const mark = covering.length === 0 ? undefined : covering.some((one) => one.primary) ? 'primary' : 'other';
    return { start, text: text.slice(start, cuts[index + 1]), mark };
  });
}
