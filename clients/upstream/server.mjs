// The scripted upstream: one loopback server that speaks every wire, each below a path of its own. It refuses what the
// real service would refuse, and keeps a journal of what it was asked.

import { createServer } from 'node:http';
import { Anthropic } from './anthropic.mjs';
import { Gemini } from './gemini.mjs';
import { OpenAiChat } from './openai-chat.mjs';
import { OpenAiResponses } from './openai-responses.mjs';
import { answer } from './script.mjs';

const WIRES = [new OpenAiChat(), new OpenAiResponses(), new Anthropic(), new Gemini(), new OpenAiChat({ zhipu: true }), new Anthropic({ zhipu: true })];

export class Upstream {
  journal = [];

  constructor(key) {
    this.key = key;
    this.server = createServer((request, response) => this.serve(request, response).catch(failure => {
      this.journal.push({ wire: '?', status: 500, problem: String(failure.stack) });
      response.destroy();
    }));
  }

  async start() {
    await new Promise(ready => this.server.listen(0, '127.0.0.1', ready));
    this.port = this.server.address().port;
    return this;
  }

  url(path) {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  // What was asked since the last time, newest last.
  take() {
    return this.journal.splice(0);
  }

  async serve(request, response) {
    const url = new URL(request.url, 'http://localhost');
    const body = await text(request);
    const entry = { method: request.method, path: url.pathname + url.search, headers: request.headers, body };
    this.journal.push(entry);
    const wire = WIRES.find(it => it.path.test(url.pathname));
    if (!wire || request.method !== 'POST') {
      return this.end(response, entry, 404, { error: { message: 'no such path', type: 'invalid_request_error', code: 404, status: 'NOT_FOUND' } });
    }
    entry.wire = wire.name;
    if (!wire.authorized(request.headers, this.key)) {
      return this.end(response, entry, 401, wire.error(401, 'The API key is not valid.'));
    }
    const place = { match: wire.path.exec(url.pathname), query: url.searchParams, headers: request.headers };
    const read = wire.read(JSON.parse(body), place);
    if (read.problem) {
      return this.end(response, entry, 400, wire.error(400, read.problem), read.problem);
    }
    entry.status = 200;
    entry.results = read.results.length;
    return this.play(wire, read, response);
  }

  async play(wire, read, response) {
    const said = answer(read);
    if (!read.stream) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(wire.whole(said, read)));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of wire.stream(said, read)) {
      response.write(event);
      await new Promise(setImmediate);
    }
    response.end();
  }

  end(response, entry, status, body, problem) {
    entry.status = status;
    entry.problem = problem ?? body.error?.message;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function text(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
