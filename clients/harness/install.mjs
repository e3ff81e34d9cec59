// npm packages of pinned versions, each set in a folder of its own below .work.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.mjs';

// Returns null, or why the packages are not there.
export async function install(folder, packages) {
  const wanted = JSON.stringify({ private: true, dependencies: packages }, null, 1);
  const stamp = join(folder, 'installed.json');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return null;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), wanted);
  const done = await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, env: process.env, seconds: 600 });
  if (done.code !== 0) {
    return `npm install failed: ${(done.stderr || done.failure || '').trim().split('\n').slice(-3).join(' ')}`;
  }
  writeFileSync(stamp, wanted);
  return null;
}
