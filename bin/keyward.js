#!/usr/bin/env node
// `--version` is asked often (by wrappers, by CI set-up) and needs nothing but package.json: nothing else is loaded for it.
import { readFileSync } from 'node:fs';

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${manifest.version}\n`);
} else {
  const { runProcess } = await import('../dist/bundle/process.js');
  await runProcess(args);
}
