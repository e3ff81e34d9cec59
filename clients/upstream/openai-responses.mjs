// OpenAI Responses as OpenAI speaks it.

import { named, pieces } from './sse.mjs';

const KNOWN = new Set(('model input instructions max_output_tokens max_tool_calls temperature top_p top_logprobs tools tool_choice parallel_tool_calls '
  + 'reasoning text include store stream stream_options previous_response_id conversation prompt background truncation metadata service_tier '
  + 'prompt_cache_key prompt_cache_options prompt_cache_retention safety_identifier user context_management moderation image access_programs '
  + 'client_metadata').split(' '));
const CREATED = 1764000000;
const ENCRYPTED = 'enc_scripted_1';

export class OpenAiResponses {
  name = 'openai-responses';
  path = /^\/openai-responses\/v1\/responses$/;

  authorized(headers, key) {
    return headers.authorization === `Bearer ${key}`;
  }

  read(body) {
    const problem = this.problem(body);
    if (problem) {
      return { problem };
    }
    const items = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : body.input;
    return {
      model: body.model,
      stream: body.stream === true,
      body,
      wantsJson: !!body.text?.format && body.text.format.type !== 'text',
      prompts: items.filter(it => it.role === 'user').map(it => texts(it.content)),
      results: items.filter(it => OUTPUTS.has(it.type)).map(it => ({ id: it.call_id, text: texts(it.output) })),
      tools: (body.tools ?? []).flatMap(it => (it.type === 'namespace' ? it.tools : [it]))
        .map(it => ({ name: it.name ?? it.type, schema: it.parameters ?? {}, freeText: it.type === 'custom' })),
    };
  }

  problem(body) {
    const foreign = Object.keys(body).find(it => !KNOWN.has(it));
    if (foreign) {
      return `Unknown parameter: '${foreign}'.`;
    }
    if (body.input === undefined || body.input.length === 0) {
      return "Missing required parameter: 'input'.";
    }
    if (body.max_output_tokens != null && body.max_output_tokens < 16) {
      return "Invalid 'max_output_tokens': the minimum is 16.";
    }
    const nested = (body.tools ?? []).find(it => it.function !== undefined || (['function', 'custom'].includes(it.type) && !it.name));
    if (nested) {
      return "Missing required parameter: 'tools[].name'.";
    }
    return typeof body.input === 'string' ? null : itemsProblem(body.input);
  }

  whole(answer, request) {
    const output = items(answer, request).map(it => it.final);
    return this.response(answer, request, output, true);
  }

  *stream(answer, request) {
    let number = 0;
    const event = value => named({ type: value.type, sequence_number: number++, ...value });
    yield event({ type: 'response.created', response: this.response(answer, request, [], false) });
    yield event({ type: 'response.in_progress', response: this.response(answer, request, [], false) });
    const all = items(answer, request);
    for (const [index, item] of all.entries()) {
      yield event({ type: 'response.output_item.added', output_index: index, item: item.begun });
      for (const inner of item.events({ item_id: item.final.id, output_index: index })) {
        yield event(inner);
      }
      yield event({ type: 'response.output_item.done', output_index: index, item: item.final });
    }
    const last = this.response(answer, request, all.map(it => it.final), true);
    yield event({ type: `response.${last.status}`, response: last });
  }

  response(answer, request, output, over) {
    const asked = request.body;
    const cut = over && answer.finish === 'length';
    return {
      id: `resp_${answer.id}`, object: 'response', created_at: CREATED, status: over ? (cut ? 'incomplete' : 'completed') : 'in_progress',
      error: null, incomplete_details: cut ? { reason: 'max_output_tokens' } : null, instructions: asked.instructions ?? null,
      max_output_tokens: asked.max_output_tokens ?? null, model: request.model, output,
      parallel_tool_calls: asked.parallel_tool_calls ?? true, previous_response_id: null, reasoning: { effort: null, summary: null, ...asked.reasoning },
      store: asked.store ?? true, temperature: asked.temperature ?? 1, text: asked.text ?? { format: { type: 'text' } },
      tool_choice: asked.tool_choice ?? 'auto', tools: asked.tools ?? [], top_p: asked.top_p ?? 1, truncation: 'disabled', metadata: asked.metadata ?? {},
      ...(over ? { usage: usage(answer.usage) } : {}),
    };
  }

  error(status, message) {
    return { error: { message, type: 'invalid_request_error', param: null, code: null } };
  }
}

const OUTPUTS = new Set(['function_call_output', 'custom_tool_call_output']);
const CALLS = new Set(['function_call', 'custom_tool_call']);

function items(answer, request) {
  const all = [];
  if (answer.reasoning) {
    all.push(reasoning(answer, request));
  }
  if (answer.text.length > 0) {
    all.push(message(answer));
  }
  const custom = new Set(request.tools.filter(it => it.freeText).map(it => it.name));
  answer.calls.forEach((call, at) => all.push(custom.has(call.name) ? customCall(call, answer.id, at) : functionCall(call, answer.id, at)));
  return all;
}

function reasoning(answer, request) {
  const id = `rs_${answer.id}`;
  const shown = request.body.reasoning?.summary ? [{ type: 'summary_text', text: answer.reasoning }] : [];
  const final = { id, type: 'reasoning', summary: shown, encrypted_content: ENCRYPTED };
  return {
    begun: { id, type: 'reasoning', summary: [] },
    final,
    *events(place) {
      if (shown.length > 0) {
        const at = { ...place, summary_index: 0 };
        yield { type: 'response.reasoning_summary_part.added', ...at, part: { type: 'summary_text', text: '' } };
        for (const delta of pieces(answer.reasoning, 9)) {
          yield { type: 'response.reasoning_summary_text.delta', ...at, delta };
        }
        yield { type: 'response.reasoning_summary_text.done', ...at, text: answer.reasoning };
        yield { type: 'response.reasoning_summary_part.done', ...at, part: shown[0] };
      }
    },
  };
}

function message(answer) {
  const id = `msg_${answer.id}`;
  const part = text => ({ type: 'output_text', text, annotations: [], logprobs: [] });
  const text = answer.text.join('');
  const status = answer.finish === 'length' ? 'incomplete' : 'completed';
  return {
    begun: { id, type: 'message', status: 'in_progress', role: 'assistant', content: [] },
    final: { id, type: 'message', status, role: 'assistant', content: [part(text)] },
    *events(place) {
      const at = { ...place, content_index: 0 };
      yield { type: 'response.content_part.added', ...at, part: part('') };
      for (const delta of answer.text) {
        yield { type: 'response.output_text.delta', ...at, delta, logprobs: [] };
      }
      yield { type: 'response.output_text.done', ...at, text, logprobs: [] };
      yield { type: 'response.content_part.done', ...at, part: part(text) };
    },
  };
}

function functionCall(call, sid, at) {
  const item = { id: `fc_${sid}_${at}`, type: 'function_call', call_id: call.id, name: call.name };
  return {
    begun: { ...item, status: 'in_progress', arguments: '' },
    final: { ...item, status: 'completed', arguments: call.arguments },
    *events(place) {
      for (const delta of pieces(call.arguments)) {
        yield { type: 'response.function_call_arguments.delta', ...place, delta };
      }
      yield { type: 'response.function_call_arguments.done', ...place, name: call.name, arguments: call.arguments };
    },
  };
}

function customCall(call, sid, at) {
  const item = { id: `ctc_${sid}_${at}`, type: 'custom_tool_call', call_id: call.id, name: call.name };
  return {
    begun: { ...item, status: 'in_progress', input: '' },
    final: { ...item, status: 'completed', input: call.arguments },
    *events(place) {
      yield { type: 'response.custom_tool_call_input.delta', ...place, delta: call.arguments };
      yield { type: 'response.custom_tool_call_input.done', ...place, input: call.arguments };
    },
  };
}

function itemsProblem(all) {
  const open = new Map();
  for (const [at, item] of all.entries()) {
    if (CALLS.has(item.type)) {
      open.set(item.call_id, at);
    } else if (OUTPUTS.has(item.type) && !open.delete(item.call_id)) {
      return `No tool call found for function call output with call_id ${item.call_id}.`;
    } else if (item.type === 'reasoning' && item.encrypted_content && item.encrypted_content !== ENCRYPTED) {
      return 'The encrypted content could not be verified.';
    } else if (item.role === 'assistant' && Array.isArray(item.content) && item.content.some(it => !['output_text', 'refusal'].includes(it.type))) {
      return `Invalid value: input[${at}].content: an assistant says 'output_text' and 'refusal' only.`;
    }
  }
  return open.size > 0 ? `No tool output found for function call ${[...open.keys()].join(', ')}.` : null;
}

const texts = content => (typeof content === 'string' ? content : (content ?? []).map(it => it.text ?? '').join('\n'));

const usage = it => ({
  input_tokens: it.input, input_tokens_details: { cached_tokens: it.cached, cache_write_tokens: 0 }, output_tokens: it.output,
  output_tokens_details: { reasoning_tokens: it.reasoning }, total_tokens: it.input + it.output,
});
