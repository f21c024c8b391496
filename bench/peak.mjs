// Preloaded into a measured process (`node --import bench/peak.mjs …`): writes its peak memory, in bytes, when it ends.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.KEYWARD_BENCH_PEAK;
if (isMainThread && file !== undefined) {
  process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS * 1024)));
}
