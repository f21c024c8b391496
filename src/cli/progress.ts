import type { Io } from './io.js';

/** CI systems whose logs keep every rewritten line. */
const CI_MARKS = ['CI', 'GITHUB_ACTIONS', 'GITLAB_CI', 'BUILDKITE', 'JENKINS_URL', 'TEAMCITY_VERSION', 'CODEBUILD_BUILD_ID', 'TF_BUILD'];
const QUIET_FOR = 500;
const EVERY = 100;

/** One rewritten line on standard error, on a terminal and outside CI only, once a run takes longer than half a second. */
export function progress(io: Io, now: () => number = Date.now): { tell(done: number, of: number): void; end(): void } {
  const silent = !io.stderr.isTerminal || CI_MARKS.some((mark) => io.env[mark] !== undefined && io.env[mark] !== '');
  const started = now();
  let last = started;
  let shown = false;
  return {
    tell(done, of) {
      const time = now();
      if (silent || time - started < QUIET_FOR || time - last < EVERY) return;
      last = time;
      shown = true;
      io.stderr.write(`\r\u001b[2K${done} of ${of} templates judged`);
    },
    end() {
      if (shown) io.stderr.write('\r\u001b[2K');
    },
  };
}
