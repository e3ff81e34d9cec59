// Installs what is missing, moves to where only loopback exists, runs the matrix, tells the table.

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { claudeCode } from '../cli/claude-code.mjs';
import { codex } from '../cli/codex.mjs';
import { geminiCli } from '../cli/gemini-cli.mjs';
import { opencodes } from '../cli/opencode.mjs';
import { differences } from '../sdk/compare.mjs';
import { PACKAGES, sdks } from '../sdk/sdks.mjs';
import { Upstream } from '../upstream/server.mjs';
import { Gateway, UPSTREAMS } from './gateway.mjs';
import { install } from './install.mjs';
import { killAll, until } from './process.mjs';
import { tables, write } from './report.mjs';
import { perform } from './task.mjs';

const HERE = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(HERE);
const WORK = join(HERE, '.work');
const SDKS = join(WORK, 'npm/sdks');
const CLIS = [claudeCode, codex, geminiCli, ...opencodes];
const NATIVE = { 'openai-chat': 'openai-chat', 'openai-responses': 'openai-responses', 'anthropic-messages': 'anthropic', gemini: 'gemini' };
const ALONE = 'SERAI_CLIENTS_ALONE';
const OPENAI = 'api.openai.com';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' }, upstreams: { type: 'string', default: '' }, jar: { type: 'string', default: join(ROOT, 'target/serai.jar') },
    'no-docs': { type: 'boolean', default: false }, verbose: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
  },
});

const say = text => process.stderr.write(`clients: ${text}\n`);
const listed = text => text.split(',').filter(Boolean);
const chosen = name => listed(options.only).length === 0 || listed(options.only).some(it => name.toLowerCase().includes(it.toLowerCase()));
const wanted = () => (options.upstreams ? listed(options.upstreams) : ['direct', ...Object.keys(UPSTREAMS)]);

async function installed() {
  const missing = {};
  for (const cli of CLIS.filter(it => chosen(it.title))) {
    missing[cli.folder] ??= (await install(join(WORK, 'npm', cli.folder), cli.packages)) ?? '';
  }
  missing.sdks = (await install(SDKS, PACKAGES)) ?? '';
  return missing;
}

// Again, in a network namespace that has loopback and nothing else, and where OpenAI's own name is loopback too, for the
// gateway asks some things of OpenAI alone; false where this system does not let us.
function alone() {
  const hosts = join(WORK, 'hosts');
  writeFileSync(hosts, `127.0.0.1 localhost ${OPENAI}\n::1 localhost\n`);
  const wall = process.getuid?.() === 0 ? ['-nm'] : ['-rnm'];
  const up = ['sh', '-c', 'ip link set lo up && mount --bind "$0" /etc/hosts && exec "$@"', hosts];
  if (spawnSync('unshare', [...wall, ...up, 'true']).status !== 0) {
    return false;
  }
  const done = spawnSync('unshare', [...wall, ...up, process.execPath, ...process.argv.slice(1)], { stdio: 'inherit', env: { ...process.env, [ALONE]: '1' } });
  process.exitCode = done.status ?? 1;
  return true;
}

async function main() {
  if (options.help) {
    process.stdout.write('clients/run [--only NAME,…] [--upstreams direct,openai-chat,…] [--jar FILE] [--no-docs] [--verbose]\n');
    return;
  }
  mkdirSync(WORK, { recursive: true });
  if (!process.env[ALONE]) {
    await installed();
    if (alone()) {
      return;
    }
    say('no network namespace here: proxies to a closed port are the only fence');
  }
  const upstream = await new Upstream('upstream-scripted-key').start();
  const gateway = new Gateway({ jar: resolve(options.jar), root: ROOT, work: WORK, upstream, openai: process.env[ALONE] ? OPENAI : '127.0.0.1' });
  try {
    if (wanted().some(it => it !== 'direct')) {
      await gateway.start();
    }
    await matrix(upstream, gateway, await installed());
  } finally {
    await gateway.stop();
    upstream.stop();
    killAll();
  }
}

async function matrix(upstream, gateway, missing) {
  const results = [];
  for (const cli of CLIS.filter(it => chosen(it.title))) {
    const [version] = Object.values(cli.packages);
    const row = { section: 'CLI', name: cli.title, version, protocol: cli.protocol, cells: {} };
    results.push(row);
    for (const name of wanted()) {
      row.cells[name] = missing[cli.folder]
        ? { state: 'not run', problem: missing[cli.folder] }
        : await tried(cli, name, upstream, place => performed(cli, place), gateway);
      say(`${cli.title} → ${name}: ${told(row.cells[name])}`);
    }
  }
  if (chosen('sdks')) {
    results.push(...(await sdkRows(upstream, gateway, missing.sdks)));
  }
  const text = tables(results);
  process.stdout.write(text);
  if (!options['no-docs'] && !options.only && !options.upstreams) {
    write(join(ROOT, 'docs/clients.md'), text);
  }
  process.exitCode = results.every(row => Object.values(row.cells).every(it => it.state === 'passed')) ? 0 : 1;
}

async function sdkRows(upstream, gateway, missing) {
  const all = missing ? {} : sdks(SDKS);
  const rows = [];
  for (const [name, sdk] of Object.entries(all)) {
    const version = PACKAGES[name.split(' ')[0]];
    const row = { section: 'SDK', name, version, protocol: sdk.protocol, cells: {} };
    rows.push(row);
    for (const kind of wanted()) {
      row.cells[kind] = await tried(sdk, kind, upstream, async place => {
        const found = await differences(sdk, { ...place, kind });
        return { problem: found.length > 0 ? found.join('; ') : null, output: found.join('\n') };
      }, gateway);
      say(`${name} → ${kind}: ${told(row.cells[kind])}`);
    }
  }
  return rows;
}

const performed = (cli, place) => perform(cli, { ...place, work: WORK });

// One cell: with the gateway, or without it as the measure of the rig itself.
async function tried(client, name, upstream, act, gateway) {
  upstream.take();
  gateway.take();
  const direct = name === 'direct';
  const straight = UPSTREAMS[NATIVE[client.protocol]].path.replace(/\/v1$/, '');
  const place = direct
    ? { url: upstream.url(straight), key: upstream.key, model: 'task' }
    : { url: gateway.url, key: gateway.key, model: `task-${name}` };
  const { problem, output } = await act(place);
  if (!direct) {
    await until(3, async () => own(gateway.fresh, name, client).length > 0);
  }
  const asked = upstream.take();
  const log = gateway.take();
  const refused = asked.filter(it => it.status !== 200);
  if (problem) {
    const why = [problem, ...refused.map(it => `the upstream refused ${it.path.split('?')[0]}: ${it.problem}`)].join('; ');
    if (options.verbose) {
      say(`${output}\n${log}\n${JSON.stringify(asked.map(it => ({ ...it, body: it.body?.slice(0, 3000) })), null, 1)}`);
    }
    return { state: 'failed', problem: why.slice(0, 600) };
  }
  return judged(name, direct, asked, own(log, name, client));
}

// The access log's lines of this cell's calls; those of the cell before may come late.
const own = (log, name, client) => log.split('\n')
  .filter(line => line.includes('"type":"access"') && line.includes(`-${name}","provider"`) && line.includes(`"protocol":"${client.protocol}"`));

function judged(name, direct, asked, log) {
  if (direct) {
    return { state: 'passed', lane: 'works' };
  }
  const lanes = new Set(log.map(line => /"lane":"(\w+)"/.exec(line)?.[1]));
  const wires = new Set(asked.filter(it => it.status === 200).map(it => it.wire));
  if (wires.size === 0) {
    return { state: 'failed', problem: 'the upstream was never asked' };
  }
  const foreign = [...wires].filter(it => it !== name);
  const lane = lanes.has('translated') ? 'translated' : lanes.has('passthrough') ? 'passes' : 'works';
  return { state: 'passed', lane, ...(foreign.length > 0 ? { wire: [...wires].sort().join(' and ') } : {}) };
}

const told = cell => [cell.state, cell.lane, cell.wire, cell.problem].filter(Boolean).join(', ');

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => { killAll(); process.exit(130); });
}

main().catch(failure => {
  say(failure.message);
  killAll();
  process.exitCode = 1;
});
