import { isOpen, NOT_APPLICABLE, PASS } from '../../model/index.js';
import { eachWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';
import { written } from '../policy/text.js';
import type { Check } from '../rule.js';

/** Ports of protocols that are clear text by themselves: HTTP, FTP and Telnet. */
const CLEAR: ReadonlySet<unknown> = new Set([80, 8080, 21, 23]);

/** A listener of a network balancer, which alone speaks TCP. On other ports TCP may carry TLS from end to end. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const { Protocol, Port } = closed.properties;
    if (Protocol === 'TLS') return [PASS];
    if (Protocol !== 'TCP' && Protocol !== 'TCP_UDP') return [NOT_APPLICABLE];
    const spot = { path: ['Protocol'] };
    const port = written(Port ?? '');
    const words = { port };
    if (CLEAR.has(Port)) return [{ kind: 'fail', spot, words }];
    if (isOpen(Port)) return [{ kind: 'undecided', spot, words, because: someCauseOf(Port) }]; // equivalent: the words differ, the verdict does not
    const unsaid = `whether clients and targets speak TLS through port ${port}`;
    return [
      { kind: 'undecided', spot, words, because: [{ words: unsaid, settle: 'let the listener itself speak TLS', kind: 'passthrough' }] },
    ];
  });
