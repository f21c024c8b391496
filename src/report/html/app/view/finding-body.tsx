import type { ComponentChildren } from 'preact';
import type { Location } from '../../../../model/index.js';
import type { ShownFinding } from '../data/findings.js';
import { CodeFrame } from './code-frame.js';
import { PathText } from './path-text.js';
import { counted, MIGRATION_WORDS, placeWords, SOURCE_WORDS, safeLink } from './words.js';

/** All that is known of a finding below its title; the same on the screen and on paper. */
export function FindingBody({ finding }: { readonly finding: ShownFinding }) {
  const { rule } = finding;
  return (
    <>
      <p class="message">{finding.message}</p>
      {finding.condition !== undefined && (
        <p class="condition">
          <b>Holds</b> {finding.condition}.
        </p>
      )}
      <Standing finding={finding} />
      <CodeFrame location={finding.location} />
      {finding.secret && <p class="quiet">The place holds a secret, so its text is not shown.</p>}
      {finding.kind === 'undecided' && <Causes finding={finding} />}
      {rule.why !== '' && (
        <Part title="Why it matters">
          <p class="prose">{rule.why}</p>
        </Part>
      )}
      <Fix finding={finding} />
      <Evidence finding={finding} />
      <Facts finding={finding} />
      <References finding={finding} />
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** Why it counts or does not. */
function Standing({ finding: { suppression, baselined } }: { readonly finding: ShownFinding }) {
  if (suppression === undefined && !baselined) return null;
  return (
    <div class="callout">
      {suppression !== undefined && (
        <p>
          <b>Suppressed</b> by {BY_WORDS[suppression.by]}
          {suppression.file !== undefined && (
            <>
              {' '}
              at <code>{suppression.line === undefined ? suppression.file : `${suppression.file}:${suppression.line}`}</code>
            </>
          )}
          {suppression.until === undefined ? ', without an end' : `, until ${suppression.until}`}: {suppression.reason}
        </p>
      )}
      {baselined && (
        <p>
          <b>In the baseline</b>: known before, so it does not count.
        </p>
      )}
    </div>
  );
}
const BY_WORDS = { comment: 'a comment', metadata: 'template metadata', config: 'the configuration' } as const;

function Causes({ finding }: { readonly finding: ShownFinding }) {
  if (finding.because.length === 0) return null;
  return (
    <Part title="What is not known">
      <ul class="causes">
        {finding.because.map((cause) => (
          <li key={cause.words}>
            {cause.words}
            {cause.settle !== undefined && (
              <p class="settle">
                <b>To settle it:</b> {cause.settle}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Fix({ finding: { rule, resource } }: { readonly finding: ShownFinding }) {
  const { text, cloudformation, terraform, migration } = rule.fix;
  const snippets = [
    { source: 'cloudformation', name: 'CloudFormation', code: cloudformation },
    { source: 'terraform', name: 'Terraform', code: terraform },
  ].filter((snippet) => snippet.code !== undefined);
  const fitting = snippets.some((snippet) => snippet.source === resource.source);
  if (text === '' && snippets.length === 0) return null;
  return (
    <Part title="How to fix it">
      <p class="prose">{text}</p>
      <p class="migration">
        <b>Migration:</b> {MIGRATION_WORDS[migration]}
      </p>
      {snippets.map(({ source, name, code }) => (
        <details key={source} class="snippet" open={source === resource.source || !fitting}>
          <summary>{name}</summary>
          <pre>
            <code>{code}</code>
          </pre>
        </details>
      ))}
    </Part>
  );
}

function Evidence({ finding: { steps, related, also } }: { readonly finding: ShownFinding }) {
  if (steps.length === 0 && related.length === 0 && also.length === 0) return null;
  return (
    <Part title="Evidence">
      {steps.length > 0 && (
        <ol class="steps">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      {related.map((location) => (
        <CodeFrame key={keyOf(location)} location={location} />
      ))}
      {also.length > 0 && (
        <>
          <h4>The same cause shows at {counted(also.length, 'other place')}</h4>
          <ul class="places">
            {also.map((location) => (
              <li key={keyOf(location)}>
                <PathText path={placeWords(location) || (location.label ?? '')} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}

function keyOf(location: Location): string {
  return `${placeWords(location)} ${location.label ?? ''}`;
}

function Facts({ finding }: { readonly finding: ShownFinding }) {
  const { rule, resource, path, silences } = finding;
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [
      'Rule',
      <a key="rule" href={`#rule=${encodeURIComponent(rule.id)}`}>
        <code>{rule.id}</code>
      </a>,
    ],
    ['Resource', <code key="resource">{resource.address}</code>],
    ['Type', <code key="type">{resource.type}</code>],
    ['Source', SOURCE_WORDS[resource.source]],
    ['Property', path === '' ? undefined : <code key="path">{path}</code>],
    ['Stands for', silences.length === 0 ? undefined : silences.join(', ')],
    ['Controls', rule.controls.length === 0 ? undefined : rule.controls.join(', ')],
    [
      'Fingerprint',
      <a key="fingerprint" href={`#f/${encodeURIComponent(finding.fingerprint)}`}>
        <code>{finding.fingerprint}</code>
      </a>,
    ],
  ];
  return (
    <Part title="Identity">
      <dl class="facts">
        {facts.map(([name, value]) =>
          value === undefined ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Part>
  );
}

function References({ finding: { rule } }: { readonly finding: ShownFinding }) {
  if (rule.references.length === 0) return null;
  return (
    <Part title="References">
      <ul class="references">
        {rule.references.map(({ title, url }) => {
          const link = safeLink(url);
          return (
            <li key={url}>
              {link === undefined ? (
                `${title} (${url})`
              ) : (
                <a href={link} target="_blank" rel="noopener noreferrer">
                  {title}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}
