// OpenAI Chat Completions as a server speaks it; with `zhipu` in the dialect of paas/v4.

import { data, pieces } from './sse.mjs';

const OPENAI = new Set(('model messages max_completion_tokens max_tokens temperature top_p n stop presence_penalty frequency_penalty '
  + 'logit_bias logprobs top_logprobs seed stream stream_options tools tool_choice parallel_tool_calls functions function_call '
  + 'response_format reasoning_effort verbosity modalities audio prediction web_search_options metadata store service_tier '
  + 'prompt_cache_key prompt_cache_options prompt_cache_retention safety_identifier user moderation').split(' '));
const ZHIPU = new Set(('model messages stream thinking reasoning_effort do_sample temperature top_p max_tokens tool_stream tools tool_choice '
  + 'stop response_format request_id user_id seed sensitive_word_check watermark_enabled meta extra stream_options').split(' '));
const CREATED = 1764000000;

export class OpenAiChat {
  constructor({ zhipu = false } = {}) {
    this.name = zhipu ? 'zhipu-chat' : 'openai-chat';
    this.zhipu = zhipu;
    this.path = zhipu ? /^\/zhipu\/api\/paas\/v4\/chat\/completions$/ : /^\/openai-(?:chat|responses)\/v1\/chat\/completions$/;
  }

  authorized(headers, key) {
    return headers.authorization === `Bearer ${key}`;
  }

  read(body) {
    const problem = this.problem(body);
    if (problem) {
      return { problem };
    }
    return {
      model: body.model,
      stream: body.stream === true,
      includeUsage: body.stream_options?.include_usage === true,
      wantsJson: !!body.response_format && body.response_format.type !== 'text',
      prompts: body.messages.filter(it => it.role === 'user').map(it => texts(it.content)),
      results: body.messages.filter(it => it.role === 'tool').map(it => ({ id: it.tool_call_id, text: texts(it.content) })),
      tools: (body.tools ?? []).map(it => (it.type === 'function'
        ? { name: it.function.name, schema: it.function.parameters ?? {} }
        : { name: it.custom?.name ?? it.type, freeText: true })),
    };
  }

  problem(body) {
    const known = this.zhipu ? ZHIPU : OPENAI;
    const foreign = Object.keys(body).find(it => !known.has(it));
    if (foreign) {
      return `Unknown parameter: '${foreign}'.`;
    }
    if (!Array.isArray(body.messages) || body.messages.length === 0) {
      return "'messages' must not be empty.";
    }
    return this.toolProblem(body) ?? messagesProblem(body.messages, this.zhipu);
  }

  toolProblem(body) {
    for (const tool of body.tools ?? []) {
      if (tool.type === 'function') {
        if (!/^[A-Za-z0-9_-]{1,64}$/.test(tool.function?.name ?? '')) {
          return `Invalid tool name '${tool.function?.name}'.`;
        }
      } else if (this.zhipu ? !['web_search', 'retrieval', 'mcp'].includes(tool.type) : tool.type !== 'custom') {
        return `Unknown tool type '${tool.type}'.`;
      }
    }
    return this.zhipu && body.tool_choice !== undefined && body.tool_choice !== 'auto' ? "'tool_choice' may only be 'auto'." : null;
  }

  whole(answer, request) {
    const message = { role: 'assistant', content: answer.text.join('') || null, refusal: null };
    if (answer.reasoning) {
      message.reasoning_content = answer.reasoning;
    }
    if (answer.calls.length > 0) {
      message.tool_calls = answer.calls.map(it => ({ id: it.id, type: 'function', function: { name: it.name, arguments: it.arguments } }));
    }
    return {
      id: `chatcmpl-${answer.id}`, object: 'chat.completion', created: CREATED, model: request.model,
      choices: [{ index: 0, message, logprobs: null, finish_reason: answer.finish }], usage: usage(answer.usage),
    };
  }

  *stream(answer, request) {
    const chunk = (delta, more = {}, end = {}) => data({
      id: `chatcmpl-${answer.id}`, object: 'chat.completion.chunk', created: CREATED, model: request.model,
      choices: [{ index: 0, delta: this.zhipu ? { role: 'assistant', ...delta } : delta, finish_reason: null, ...more }], ...end,
    });
    if (!this.zhipu) {
      yield chunk({ role: 'assistant', content: answer.text.length > 0 || answer.reasoning ? '' : null });
    }
    for (const piece of pieces(answer.reasoning ?? '', 9)) {
      yield chunk({ reasoning_content: piece });
    }
    for (const piece of answer.text) {
      yield chunk({ content: piece });
    }
    for (const [index, call] of answer.calls.entries()) {
      const head = { index, id: call.id, type: 'function' };
      if (this.zhipu) {
        yield chunk({ tool_calls: [{ ...head, function: { name: call.name, arguments: call.arguments } }] });
        continue;
      }
      yield chunk({ tool_calls: [{ ...head, function: { name: call.name, arguments: '' } }] });
      for (const piece of pieces(call.arguments)) {
        yield chunk({ tool_calls: [{ index, function: { arguments: piece } }] });
      }
    }
    const told = this.zhipu ? { usage: usage(answer.usage) } : {};
    yield chunk(this.zhipu ? { content: '' } : {}, { finish_reason: answer.finish }, told);
    if (!this.zhipu && request.includeUsage) {
      yield data({
        id: `chatcmpl-${answer.id}`, object: 'chat.completion.chunk', created: CREATED, model: request.model, choices: [], usage: usage(answer.usage),
      });
    }
    yield data('[DONE]');
  }

  error(status, message) {
    return this.zhipu
      ? { error: { code: status === 401 ? '1000' : '1210', message } }
      : { error: { message, type: 'invalid_request_error', param: null, code: null } };
  }
}

function messagesProblem(messages, plain) {
  let open = new Set();
  for (const [at, message] of messages.entries()) {
    if (!(plain ? ['system', 'user', 'assistant', 'tool'] : ['system', 'developer', 'user', 'assistant', 'tool']).includes(message.role)) {
      return `messages[${at}]: unknown role '${message.role}'.`;
    }
    if (plain && ['assistant', 'tool', 'system'].includes(message.role) && Array.isArray(message.content)) {
      return `messages[${at}]: the content must be a string.`;
    }
    if (message.role === 'tool') {
      if (!open.delete(message.tool_call_id)) {
        return `messages[${at}]: 'tool' must follow the 'tool_calls' it answers.`;
      }
      if (Array.isArray(message.content) && message.content.some(it => it.type !== 'text')) {
        return `messages[${at}]: a tool message holds text only.`;
      }
    } else if (open.size > 0) {
      return `messages[${at}]: 'tool_calls' must be followed by tool messages; missing: ${[...open].join(', ')}.`;
    }
    if (message.role === 'assistant') {
      open = new Set((message.tool_calls ?? []).map(it => it.id));
      if (message.content == null && open.size === 0 && !message.refusal) {
        return `messages[${at}]: content or tool_calls must be set.`;
      }
    }
  }
  return open.size > 0 ? `'tool_calls' without an answer: ${[...open].join(', ')}.` : null;
}

const texts = content => (typeof content === 'string' ? content : (content ?? []).map(it => it.text ?? '').join('\n'));

const usage = it => ({
  prompt_tokens: it.input, completion_tokens: it.output, total_tokens: it.input + it.output,
  prompt_tokens_details: { cached_tokens: it.cached }, completion_tokens_details: { reasoning_tokens: it.reasoning },
});
