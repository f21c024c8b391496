// The README's first command: judge the shipped example, print the findings, write both reports.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'bin', 'keyward.js'),
    'scan',
    'examples/orders/cdk.out',
    '--fail-on',
    'never',
    '--output',
    'html=report.html',
    '--output',
    'sarif=report.sarif',
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 4);
