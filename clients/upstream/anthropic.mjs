// Anthropic Messages as Anthropic speaks it; the same wire is spoken below Zhipu's /api/anthropic.

import { named, pieces } from './sse.mjs';

const KNOWN = new Set(('model max_tokens messages system stop_sequences stream temperature top_p top_k tools tool_choice thinking output_config metadata '
  + 'service_tier speed cache_control container inference_geo diagnostics context_management mcp_servers fallbacks').split(' '));
const SIGNATURE = 'c2lnbmVkIGJ5IHRoZSBzY3JpcHRlZCB1cHN0cmVhbQ==';

export class Anthropic {
  constructor({ zhipu = false } = {}) {
    this.name = zhipu ? 'zhipu-anthropic' : 'anthropic';
    this.path = zhipu ? /^\/zhipu\/api\/anthropic\/v1\/messages$/ : /^\/anthropic\/v1\/messages$/;
  }

  authorized(headers, key) {
    return headers['x-api-key'] === key || headers.authorization === `Bearer ${key}`;
  }

  read(body, place) {
    const problem = this.problem(body, place.headers);
    if (problem) {
      return { problem };
    }
    const blocks = role => body.messages.filter(it => it.role === role).map(it => list(it.content));
    return {
      model: body.model,
      stream: body.stream === true,
      wantsJson: !!body.output_config?.format,
      shows: body.thinking?.display !== 'omitted',
      prompts: blocks('user').map(all => all.map(it => it.text ?? '').join('\n')),
      results: blocks('user').flat().filter(it => it.type === 'tool_result').map(it => ({ id: it.tool_use_id })),
      tools: (body.tools ?? []).map(it => ({ name: it.name, schema: it.input_schema ?? {} })),
    };
  }

  problem(body, headers) {
    const foreign = Object.keys(body).find(it => !KNOWN.has(it));
    if (foreign) {
      return `${foreign}: Extra inputs are not permitted`;
    }
    if (!headers['anthropic-version']) {
      return 'anthropic-version: header is required';
    }
    if (!Number.isInteger(body.max_tokens)) {
      return 'max_tokens: Field required';
    }
    const drawn = ['temperature', 'top_p', 'top_k'].find(it => body[it] !== undefined);
    if (drawn && headers['anthropic-version'] !== '2023-06-01') {
      return `${drawn}: Extra inputs are not permitted`;
    }
    if (body.thinking?.type === 'enabled' && !(body.thinking.budget_tokens >= 1024 && body.thinking.budget_tokens < body.max_tokens)) {
      return 'thinking.enabled.budget_tokens: must be at least 1024 and less than max_tokens';
    }
    const tool = (body.tools ?? []).find(it => !/^[a-zA-Z0-9_-]{1,128}$/.test(it.name ?? ''));
    if (tool) {
      return `tools: invalid name '${tool.name}'`;
    }
    const shapeless = (body.tools ?? []).find(it => (!it.type || it.type === 'custom') && it.input_schema?.type !== 'object');
    return shapeless ? `tools: ${shapeless.name}: input_schema.type must be 'object'` : messagesProblem(body.messages);
  }

  whole(answer, request) {
    return { ...this.message(answer, request), content: blocks(answer, request).map(it => it.final), stop_reason: reason(answer), usage: usage(answer.usage) };
  }

  *stream(answer, request) {
    const early = { ...usage(answer.usage), output_tokens: 1 };
    yield named({ type: 'message_start', message: { ...this.message(answer, request), content: [], stop_reason: null, usage: early } });
    yield named({ type: 'ping' });
    for (const [index, block] of blocks(answer, request).entries()) {
      yield named({ type: 'content_block_start', index, content_block: block.begun });
      for (const delta of block.deltas) {
        yield named({ type: 'content_block_delta', index, delta });
      }
      yield named({ type: 'content_block_stop', index });
    }
    yield named({ type: 'message_delta', delta: { stop_reason: reason(answer), stop_sequence: null, stop_details: null, container: null }, usage: usage(answer.usage) });
    yield named({ type: 'message_stop' });
  }

  message(answer, request) {
    return { id: `msg_${answer.id}`, type: 'message', role: 'assistant', model: request.model, stop_sequence: null, stop_details: null, container: null };
  }

  error(status, message) {
    return { type: 'error', error: { type: status === 401 ? 'authentication_error' : 'invalid_request_error', message }, request_id: 'req_scripted' };
  }
}

function blocks(answer, request) {
  const all = [];
  if (answer.reasoning) {
    const shown = request.shows ? answer.reasoning : '';
    all.push({
      begun: { type: 'thinking', thinking: '', signature: '' },
      deltas: [...pieces(shown, 9).map(thinking => ({ type: 'thinking_delta', thinking })), { type: 'signature_delta', signature: SIGNATURE }],
      final: { type: 'thinking', thinking: shown, signature: SIGNATURE },
    });
  }
  if (answer.text.length > 0) {
    all.push({
      begun: { type: 'text', text: '', citations: null },
      deltas: answer.text.map(text => ({ type: 'text_delta', text })),
      final: { type: 'text', text: answer.text.join(''), citations: null },
    });
  }
  for (const call of answer.calls) {
    const input = JSON.parse(call.arguments);
    const block = { type: 'tool_use', id: call.id.replace('call_', 'toolu_'), name: call.name, caller: { type: 'direct' } };
    const fragments = call.arguments === '{}' ? [] : ['', ...pieces(call.arguments)];
    all.push({
      begun: { ...block, input: {} },
      deltas: fragments.map(partial_json => ({ type: 'input_json_delta', partial_json })),
      final: { ...block, input },
    });
  }
  return all;
}

function messagesProblem(messages) {
  if (!Array.isArray(messages) || messages.length === 0) {
    return 'messages: at least one message is required';
  }
  let open = new Set();
  for (const [at, message] of messages.entries()) {
    if (!['user', 'assistant', 'system'].includes(message.role)) {
      return `messages.${at}.role: unexpected '${message.role}'`;
    }
    const content = list(message.content);
    const empty = content.find(it => it.type === 'text' && !it.text?.trim());
    if (empty || content.length === 0) {
      return `messages.${at}: text content blocks must be non-empty`;
    }
    const results = content.filter(it => it.type === 'tool_result');
    if (content.slice(0, results.length).some(it => it.type !== 'tool_result')) {
      return `messages.${at}: tool_result blocks must come first`;
    }
    for (const result of results) {
      if (!open.delete(result.tool_use_id)) {
        return `messages.${at}: unexpected tool_use_id ${result.tool_use_id}`;
      }
    }
    if (open.size > 0 && message.role !== 'system') {
      return `messages.${at}: tool_use ids without tool_result: ${[...open].join(', ')}`;
    }
    if (content.some(it => it.type === 'thinking' && it.signature !== SIGNATURE)) {
      return `messages.${at}: Invalid signature in thinking block`;
    }
    if (message.role === 'assistant') {
      const calls = content.filter(it => it.type === 'tool_use');
      if (calls.some(it => !/^[a-zA-Z0-9_-]+$/.test(it.id) || typeof it.input !== 'object')) {
        return `messages.${at}: bad tool_use`;
      }
      open = new Set(calls.map(it => it.id));
    }
  }
  return open.size > 0 ? `tool_use ids without tool_result: ${[...open].join(', ')}` : null;
}

const list = content => (typeof content === 'string' ? [{ type: 'text', text: content }] : content ?? []);

const reason = answer => ({ stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use' })[answer.finish];

const usage = it => ({
  input_tokens: it.input - it.cached, cache_creation_input_tokens: 0, cache_read_input_tokens: it.cached, output_tokens: it.output,
  output_tokens_details: { thinking_tokens: it.reasoning }, service_tier: 'standard',
});
