// The official JavaScript SDKs: each streams one play (or asks for it whole) and says what its own accumulation made of it.

import { createRequire } from 'node:module';
import { join } from 'node:path';

export const PACKAGES = { openai: '7.55.0', '@anthropic-ai/sdk': '1.11.0', '@google/genai': '3.1.0' };

const SCHEMAS = {
  weather: { type: 'object', properties: { city: { type: 'string' }, days: { type: 'array', items: { type: 'integer' } } }, required: ['city'] },
  now: { type: 'object', properties: {} },
};
const TOOLS = Object.entries(SCHEMAS).map(([name, parameters]) => ({ name, description: `Tells the ${name}`, parameters }));
const PROMPT = 'Say what you are told to say.';

// Each call: (url, key, model, play, stream) → { text, reasoning, calls: [{ name, args }], finish, usage }.
export function sdks(folder) {
  const load = createRequire(join(folder, 'package.json'));
  return {
    'openai chat': { protocol: 'openai-chat', call: it => chat(load('openai'), it) },
    'openai responses': { protocol: 'openai-responses', call: it => responses(load('openai'), it) },
    '@anthropic-ai/sdk': { protocol: 'anthropic-messages', call: it => anthropic(load('@anthropic-ai/sdk'), it) },
    '@google/genai': { protocol: 'gemini', call: it => gemini(load('@google/genai'), it) },
  };
}

async function chat({ OpenAI }, { url, key, model, thinks, tools, stream }) {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
  const asked = {
    model, messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: PROMPT }],
    ...(tools ? { tools: TOOLS.map(it => ({ type: 'function', function: it })) } : {}),
    ...(thinks ? { reasoning_effort: 'low' } : {}),
  };
  let reasoning = '';
  let answer;
  if (stream) {
    const running = client.chat.completions.stream({ ...asked, stream_options: { include_usage: true } });
    running.on('chunk', chunk => { reasoning += chunk.choices[0]?.delta?.reasoning_content ?? ''; });
    answer = await running.finalChatCompletion();
  } else {
    answer = await client.chat.completions.create(asked);
    reasoning = answer.choices[0].message.reasoning_content ?? '';
  }
  const [choice] = answer.choices;
  return {
    text: choice.message.content ?? '', reasoning, finish: choice.finish_reason,
    calls: (choice.message.tool_calls ?? []).map(it => ({ name: it.function.name, args: JSON.parse(it.function.arguments) })),
    usage: {
      input: answer.usage.prompt_tokens, cached: answer.usage.prompt_tokens_details?.cached_tokens ?? 0,
      output: answer.usage.completion_tokens, reasoning: answer.usage.completion_tokens_details?.reasoning_tokens ?? 0,
    },
  };
}

async function responses({ OpenAI }, { url, key, model, thinks, tools, stream }) {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
  const asked = {
    model, instructions: 'Be brief.', input: PROMPT, store: false,
    ...(tools ? { tools: TOOLS.map(it => ({ type: 'function', strict: false, ...it })) } : {}),
    ...(thinks ? { reasoning: { effort: 'low', summary: 'auto' } } : {}),
  };
  const answer = stream ? await client.responses.stream(asked).finalResponse() : await client.responses.create(asked);
  const items = type => answer.output.filter(it => it.type === type);
  const calls = items('function_call');
  return {
    text: items('message').flatMap(it => it.content).map(it => it.text).join(''),
    reasoning: items('reasoning').flatMap(it => [...it.summary, ...(it.content ?? [])]).map(it => it.text).join(''),
    finish: answer.incomplete_details?.reason === 'max_output_tokens' ? 'length' : calls.length > 0 ? 'tool_calls' : answer.status === 'completed' ? 'stop' : answer.status,
    calls: calls.map(it => ({ name: it.name, args: JSON.parse(it.arguments) })),
    usage: {
      input: answer.usage.input_tokens, cached: answer.usage.input_tokens_details.cached_tokens,
      output: answer.usage.output_tokens, reasoning: answer.usage.output_tokens_details.reasoning_tokens,
    },
  };
}

async function anthropic({ Anthropic }, { url, key, model, thinks, tools, stream }) {
  const client = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
  const asked = {
    model, max_tokens: 4000, system: 'Be brief.', messages: [{ role: 'user', content: PROMPT }],
    ...(tools ? { tools: TOOLS.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters })) } : {}),
    ...(thinks ? { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'low' } } : {}),
  };
  const answer = stream ? await client.messages.stream(asked).finalMessage() : await client.messages.create(asked);
  const blocks = type => answer.content.filter(it => it.type === type);
  const { usage } = answer;
  return {
    text: blocks('text').map(it => it.text).join(''),
    reasoning: blocks('thinking').map(it => it.thinking).join(''),
    finish: { end_turn: 'stop', max_tokens: 'length', tool_use: 'tool_calls' }[answer.stop_reason] ?? answer.stop_reason,
    calls: blocks('tool_use').map(it => ({ name: it.name, args: it.input })),
    usage: {
      input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
      cached: usage.cache_read_input_tokens ?? 0, output: usage.output_tokens, reasoning: usage.output_tokens_details?.thinking_tokens ?? 0,
    },
  };
}

// This SDK has no accumulator: its chunks are put together here.
async function gemini({ GoogleGenAI }, { url, key, model, thinks, tools, stream }) {
  const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
  const asked = {
    model, contents: PROMPT,
    config: {
      systemInstruction: 'Be brief.',
      ...(tools ? { tools: [{ functionDeclarations: TOOLS.map(({ parameters, ...it }) => ({ ...it, parametersJsonSchema: parameters })) }] } : {}),
      ...(thinks ? { thinkingConfig: { includeThoughts: true } } : {}),
    },
  };
  const parts = [];
  let finish;
  let usage = {};
  for await (const chunk of stream ? await client.models.generateContentStream(asked) : [await client.models.generateContent(asked)]) {
    parts.push(...(chunk.candidates?.[0]?.content?.parts ?? []));
    finish = chunk.candidates?.[0]?.finishReason ?? finish;
    usage = chunk.usageMetadata ?? usage;
  }
  const calls = parts.filter(it => it.functionCall).map(it => ({ name: it.functionCall.name, args: it.functionCall.args ?? {} }));
  const text = thought => parts.filter(it => it.text && !!it.thought === thought).map(it => it.text).join('');
  return {
    text: text(false), reasoning: text(true), calls,
    finish: { STOP: calls.length > 0 ? 'tool_calls' : 'stop', MAX_TOKENS: 'length' }[finish] ?? finish,
    usage: {
      input: usage.promptTokenCount ?? 0, cached: usage.cachedContentTokenCount ?? 0,
      output: (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0), reasoning: usage.thoughtsTokenCount ?? 0,
    },
  };
}
