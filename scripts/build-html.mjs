// Builds the page of the HTML report: src/report/html/app by Vite into one script and one style, both inlined into
// dist/report/html/shell.html and pinned there by their hashes. The reporter puts the data where the mark stands.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src/report/html');
const shellFile = join(root, 'dist/report/html/shell.html');
const DATA_MARK = '<!--keyward-data-->';

/** Engines with DecompressionStream, the newest thing the page needs (all since May 2023). */
const TARGET = ['chrome113', 'edge113', 'firefox113', 'safari16.4'];

/** Builds and writes the shell; returns its path. */
export async function buildHtml() {
  const { script, style } = await bundle();
  mkdirSync(dirname(shellFile), { recursive: true });
  const half = `${shellFile}.${process.pid}`;
  writeFileSync(half, shell(script, style));
  renameSync(half, shellFile); // never a half-written shell for a reporter that reads it now
  return shellFile;
}

/** Builds only where a source, this script or the lock file is newer than the shell: for tests. */
export async function buildHtmlIfStale() {
  const inputs = [
    fileURLToPath(import.meta.url),
    join(root, 'package-lock.json'),
    join(root, 'src/model/severity.ts'),
    ...filesBelow(sources),
  ];
  const newest = Math.max(...inputs.map(modified));
  return modified(shellFile) > newest ? shellFile : buildHtml();
}

async function bundle() {
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    root: join(sources, 'app'),
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: TARGET,
      cssTarget: TARGET,
      lib: { entry: 'main.tsx', formats: ['iife'], name: 'keyward', fileName: 'app' },
      rollupOptions: { output: { assetFileNames: 'app[extname]' } },
    },
  });
  const [{ output }] = [result].flat();
  const script = output.find((file) => file.type === 'chunk')?.code;
  const style = output.find((file) => file.type === 'asset' && file.fileName.endsWith('.css'))?.source;
  if (script === undefined || style === undefined || output.length !== 2) {
    throw new Error(`The app must build to one script and one style, not to: ${output.map((file) => file.fileName).join(', ')}.`);
  }
  // An end tag inside a string would end the element; the escape means the same to JavaScript and to CSS.
  return {
    script: script.trim().replace(/<\/(?=script)/gi, '<\\/'),
    style: String(style)
      .trim()
      .replace(/<\/(?=style)/gi, '<\\/'),
  };
}

function shell(script, style) {
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>keyward report</title>
<link rel="icon" href="${icon}">
<style>${style}</style>
</head>
<body>
<div id="app"><p class="loading">Reading the report…</p></div>
<noscript>This report shows its findings by a script inside this file. Without scripts, read the same findings with --format markdown or --format json.</noscript>
<script id="data" type="application/octet-stream;base64">${DATA_MARK}</script>
<script>${script}</script>
</body>
</html>
`;
}

const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="none" stroke="#3a5bc7" stroke-width="2" d="M6.5 8.5 14 1M11 4l2.500 2.500M7.500 11a3.500 3.500 0 1 1-7 0 3.500 3.500 0 0 1 7 0" transform="translate(1 0)"/></svg>',
)}`;

function hash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await buildHtml());
