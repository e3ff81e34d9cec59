// One run of one CLI: a fresh home and project, one task, and the judgement of what came of it.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONTENT, FINAL, taskFor } from '../upstream/script.mjs';
import { run } from './process.mjs';

const SECONDS = 120;
const CLOSED = 'http://127.0.0.1:9';
const LOOPBACK = '127.0.0.1,localhost,::1';
// no way out but loopback
const FENCE = {
  HTTP_PROXY: CLOSED, HTTPS_PROXY: CLOSED, ALL_PROXY: CLOSED, http_proxy: CLOSED, https_proxy: CLOSED, all_proxy: CLOSED, NO_PROXY: LOOPBACK, no_proxy: LOOPBACK,
};

// Returns { problem } with null for a success, and { output } to look at otherwise.
export async function perform(cli, { work, url, key, model }) {
  const home = join(work, 'home', `${cli.title}-${model}`.replaceAll(/[^A-Za-z0-9.-]+/g, '-'));
  const project = join(home, 'project');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  const target = join(project, 'notes.txt');
  const place = { url, key, model, home, project, prompt: taskFor(target) };
  for (const [name, text] of Object.entries(cli.files(place))) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  const env = {
    PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'dumb', CI: '1', DO_NOT_TRACK: '1', HOME: home, XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'), XDG_CACHE_HOME: join(home, '.cache'), XDG_STATE_HOME: join(home, '.local/state'),
    ...FENCE, ...cli.environment(place),
  };
  const binary = join(work, 'npm', cli.folder, 'node_modules/.bin', cli.binary);
  const done = await run(binary, cli.command(place), { env, cwd: project, seconds: SECONDS });
  return { problem: judge(done, target), output: `${done.stdout.slice(-2000)}\n${done.stderr.slice(-3000)}` };
}

function judge(done, target) {
  if (done.timedOut) {
    return `did not end within ${SECONDS} s`;
  }
  if (done.code !== 0) {
    return `exit code ${done.code ?? done.signal ?? done.failure}`;
  }
  if (!existsSync(target)) {
    return 'no file';
  }
  if (readFileSync(target, 'utf8').trimEnd() !== CONTENT) {
    return 'the file has other content';
  }
  return done.stdout.includes(FINAL) ? null : 'the final text was not shown';
}
