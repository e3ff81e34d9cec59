// A gateway out of the jar: fresh data folder, free ports, one model for each upstream and play.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { PLAYS } from '../upstream/script.mjs';
import { freePort, kill, start, until } from './process.mjs';

// The table's columns: the provider of ROUTES_CONFIG, its place at the scripted upstream, and a real model there, whose name goes on with the play.
export const UPSTREAMS = {
  'openai-chat': { title: 'OpenAI Chat', provider: 'openaiChat', path: '/openai-chat/v1', model: 'gpt-5.2' },
  'openai-responses': { title: 'OpenAI Responses', provider: 'openai', own: true, path: '/openai-responses/v1', model: 'gpt-5.2' },
  anthropic: { title: 'Anthropic', provider: 'anthropic', path: '/anthropic', model: 'claude-opus-4-8' },
  gemini: { title: 'Gemini', provider: 'gemini', path: '/gemini', model: 'gemini-3-pro-preview' },
  'zhipu-chat': { title: 'Zhipu Chat', provider: 'zhipu', path: '/zhipu/api/paas/v4', model: 'glm-5.2' },
  'zhipu-anthropic': { title: 'Zhipu Anthropic', provider: 'zhipu', path: '/zhipu/api/anthropic', model: 'glm-5.2' },
};

export class Gateway {
  fresh = '';

  // openai: under which name of loopback the upstream is OpenAI's own
  constructor({ jar, root, work, upstream, openai }) {
    Object.assign(this, { jar, root, data: join(work, 'data'), upstream, openai, key: `client-${randomBytes(12).toString('hex')}` });
  }

  async start() {
    if (!existsSync(this.jar)) {
      throw new Error(`no jar at ${this.jar}: build it with mvn package`);
    }
    rmSync(this.data, { recursive: true, force: true });
    mkdirSync(this.data, { recursive: true });
    this.port = await freePort();
    const config = join(this.data, 'routes-config.json');
    writeFileSync(config, JSON.stringify(this.routes(), null, 1));
    const env = {
      PATH: process.env.PATH, HOME: this.data, LANG: 'C.UTF-8', PORT: String(this.port), MANAGEMENT_PORT: String(await freePort()), DATA_DIR: this.data,
      PROXY_AUTH_TOKEN: this.key, UPSTREAM_KEY: this.upstream.key, ROUTES_CONFIG_FILE: config, ROUTES_DIR: join(this.root, 'routes'),
    };
    this.process = start(java(), ['-Xmx512m', '-jar', this.jar], { env, cwd: this.root });
    this.process.child.stdout.on('data', text => { this.fresh += text; });
    const ready = await until(120, async () => this.process.end !== null || (await fetch(`${this.url}/health/ready`)).ok);
    if (!ready || this.process.end) {
      throw new Error(`the gateway does not start:\n${this.process.stdout.slice(-3000)}${this.process.stderr.slice(-1000)}`);
    }
    return this;
  }

  routes() {
    const entries = {};
    for (const [name, { provider, own, path, model }] of Object.entries(UPSTREAMS)) {
      const baseUrl = own ? this.upstream.url(path).replace('127.0.0.1', this.openai) : this.upstream.url(path);
      for (const play of ['task', ...Object.keys(PLAYS)]) {
        entries[`${play}-${name}`] = { providers: [{ provider, model: `${model}-${play}`, baseUrl, apiKeys: ['UPSTREAM_KEY'] }] };
      }
    }
    return entries;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  // What it wrote since the last time.
  take() {
    const text = this.fresh;
    this.fresh = '';
    return text;
  }

  async stop() {
    if (this.process) {
      kill(this.process, 'SIGTERM');
      const late = setTimeout(() => kill(this.process), 30_000);
      await this.process.ended;
      clearTimeout(late);
    }
  }
}

// A JDK 25 or newer: JAVA_HOME where it is one, else one beside the default.
function java() {
  const homes = [process.env.JAVA_HOME, ...list('/usr/lib/jvm').map(it => join('/usr/lib/jvm', it))].filter(Boolean);
  const home = homes.find(it => version(it) >= 25);
  if (!home) {
    throw new Error('no JDK 25 found: set JAVA_HOME');
  }
  return join(home, 'bin/java');
}

function version(home) {
  const release = join(home, 'release');
  return existsSync(release) ? Number(/JAVA_VERSION="(\d+)/.exec(readFileSync(release, 'utf8'))?.[1] ?? 0) : 0;
}

const list = folder => (existsSync(folder) ? readdirSync(folder) : []);
