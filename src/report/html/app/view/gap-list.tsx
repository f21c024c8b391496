import type { Gap } from '../../../../model/index.js';
import { PathText } from './path-text.js';
import { placeWords } from './words.js';

/** What should have been read and was not, and which verdicts that leaves open. */
export function GapList({ gaps }: { readonly gaps: readonly Gap[] }) {
  return (
    <ul class="gaps">
      {gaps.map((gap) => (
        <li key={`${gap.where} ${gap.why}`}>
          <p>
            <b>{gap.where}</b> {gap.why}
          </p>
          <p>
            <span class="quiet">Leaves open:</span> {gap.leavesOpen}
          </p>
          {gap.settle !== undefined && (
            <p>
              <span class="quiet">To settle it:</span> {gap.settle}
            </p>
          )}
          {gap.origin !== undefined && (
            <p>
              <PathText path={placeWords({ ...gap.origin, exact: true })} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
