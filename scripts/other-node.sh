#!/usr/bin/env bash
# Runs both commands of the README in a fresh clone on another Node: scripts/other-node.sh 22
# The npm package `node` brings the binary.
set -euo pipefail
version=${1:?usage: scripts/other-node.sh VERSION}
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/node"
(cd "$work/node" && npm init -y >/dev/null && npm install --no-audit --no-fund --silent "node@$version")
PATH="$work/node/node_modules/.bin:$PATH"
export PATH
echo "Node $(node --version)"

git clone --quiet "$root" "$work/clone"
cd "$work/clone"
npm ci --no-audit --no-fund --silent
npm start
npm test
