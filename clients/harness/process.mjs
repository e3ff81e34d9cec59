// Child processes with a hard end, and waiting.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const running = new Set();

// Starts a process in a group of its own; its output is kept to the last bytes.
export function start(command, args, { env, cwd } = {}) {
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const process = { child, stdout: '', stderr: '', end: null };
  running.add(process);
  child.stdout.setEncoding('utf8').on('data', text => { process.stdout = (process.stdout + text).slice(-200_000); });
  child.stderr.setEncoding('utf8').on('data', text => { process.stderr = (process.stderr + text).slice(-200_000); });
  process.ended = new Promise(done => {
    const finish = end => { process.end ??= end; running.delete(process); done(process.end); };
    child.on('error', failure => finish({ code: null, failure: failure.message }));
    child.on('close', (code, signal) => finish({ code, signal }));
  });
  return process;
}

// Ends a process and everything it started.
export function kill(process, signal = 'SIGKILL') {
  try {
    globalThis.process.kill(-process.child.pid, signal);
  } catch {
    // it is gone
  }
}

export function killAll() {
  running.forEach(process => kill(process));
}

// Runs to the end or to the deadline. Returns { code, signal, timedOut, stdout, stderr }.
export async function run(command, args, { seconds, ...options }) {
  const process = start(command, args, options);
  let timedOut = false;
  const timer = setTimeout(() => { timedOut = true; kill(process); }, seconds * 1000);
  const end = await process.ended;
  clearTimeout(timer);
  kill(process); // whatever it left behind
  return { ...end, timedOut, stdout: process.stdout, stderr: process.stderr };
}

export async function freePort() {
  const server = createServer();
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  await new Promise(closed => server.close(closed));
  return port;
}

export async function until(seconds, test) {
  for (let left = seconds * 10; left > 0; left--) {
    if (await test().catch(() => false)) {
      return true;
    }
    await new Promise(later => setTimeout(later, 100));
  }
  return false;
}
