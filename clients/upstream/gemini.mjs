// Gemini generateContent as Google speaks it.

import { data, pieces } from './sse.mjs';

const KNOWN = new Set('contents systemInstruction tools toolConfig safetySettings generationConfig cachedContent serviceTier labels store'.split(' '));
const CONFIG = new Set(('candidateCount maxOutputTokens temperature topP topK stopSequences seed presencePenalty frequencyPenalty responseMimeType responseSchema '
  + 'responseJsonSchema responseLogprobs logprobs responseModalities speechConfig imageConfig mediaResolution audioTranscriptionConfig '
  + 'enableEnhancedCivicAnswers thinkingConfig').split(' '));
// what an OpenAPI-like Schema does not know
const NO_SCHEMA = ['$schema', 'additionalProperties', '$ref', 'const', 'oneOf', 'allOf', 'not', 'exclusiveMinimum', 'exclusiveMaximum', 'patternProperties'];
const SIGNATURE = 'c2NyaXB0ZWQgdGhvdWdodA==';
const SKIP = 'skip_thought_signature_validator';

export class Gemini {
  name = 'gemini';
  path = /^\/gemini\/v1(?:beta)?\/models\/([^:]+):(generateContent|streamGenerateContent)$/;

  authorized(headers, key) {
    return headers['x-goog-api-key'] === key;
  }

  read(body, place) {
    const problem = place.match[2] === 'streamGenerateContent' && place.query.get('alt') !== 'sse' ? 'alt=sse is expected' : this.problem(body);
    if (problem) {
      return { problem };
    }
    const parts = body.contents.flatMap(it => (it.role === 'model' ? [] : it.parts));
    return {
      model: decodeURIComponent(place.match[1]),
      stream: place.match[2] === 'streamGenerateContent',
      wantsJson: body.generationConfig?.responseMimeType === 'application/json',
      shows: body.generationConfig?.thinkingConfig?.includeThoughts === true,
      prompts: parts.map(it => it.text ?? ''),
      results: parts.filter(it => it.functionResponse).map(it => ({ id: it.functionResponse.id })),
      tools: (body.tools ?? []).flatMap(it => it.functionDeclarations ?? [])
        .map(it => ({ name: it.name, schema: it.parametersJsonSchema ?? it.parameters ?? {} })),
    };
  }

  problem(body) {
    const foreign = Object.keys(body).find(it => !KNOWN.has(it));
    if (foreign) {
      return `Invalid JSON payload received. Unknown name "${foreign}": Cannot find field.`;
    }
    const config = Object.keys(body.generationConfig ?? {}).find(it => !CONFIG.has(it));
    if (config) {
      return `Invalid JSON payload received. Unknown name "${config}" at 'generation_config': Cannot find field.`;
    }
    const thinking = body.generationConfig?.thinkingConfig ?? {};
    if (thinking.thinkingBudget !== undefined && thinking.thinkingLevel !== undefined) {
      return 'thinking_budget and thinking_level must not be set together';
    }
    for (const tool of (body.tools ?? []).flatMap(it => it.functionDeclarations ?? [])) {
      if (!/^[A-Za-z_][A-Za-z0-9_.:-]{0,63}$/.test(tool.name ?? '')) {
        return `Invalid function name '${tool.name}'`;
      }
      const word = unknownKeyword(tool.parameters);
      if (word) {
        return `Invalid JSON payload received. Unknown name "${word}" at 'tools.function_declarations.parameters': Cannot find field.`;
      }
    }
    return contentsProblem(body.contents);
  }

  whole(answer, request) {
    return this.chunk(request, answer, parts(answer, request).map(it => it.whole), finish(answer), usage(answer.usage));
  }

  *stream(answer, request) {
    const all = parts(answer, request).flatMap(it => it.pieces);
    for (const [at, part] of all.entries()) {
      const last = at === all.length - 1;
      const ends = last && at % 2 === 1; // the last part and the finish come together or one after the other
      yield crlf(data(this.chunk(request, answer, [part], ends ? finish(answer) : undefined, usage(answer.usage))));
      if (last && !ends) {
        yield crlf(data(this.chunk(request, answer, [{ text: '' }], finish(answer), usage(answer.usage))));
      }
    }
  }

  chunk(request, answer, content, finishReason, usageMetadata) {
    return {
      candidates: [{ content: { parts: content, role: 'model' }, ...(finishReason ? { finishReason } : {}) }],
      usageMetadata, modelVersion: request.model, responseId: answer.id,
    };
  }

  error(status, message) {
    return { error: { code: status, message, status: status === 401 ? 'UNAUTHENTICATED' : 'INVALID_ARGUMENT' } };
  }
}

function parts(answer, request) {
  const all = [];
  if (answer.reasoning && request.shows) {
    all.push({ whole: { text: answer.reasoning, thought: true }, pieces: pieces(answer.reasoning, 9).map(text => ({ text, thought: true })) });
  }
  if (answer.text.length > 0) {
    all.push({ whole: { text: answer.text.join('') }, pieces: answer.text.map(text => ({ text })) });
  }
  for (const [at, call] of answer.calls.entries()) {
    const part = { functionCall: { id: call.id, name: call.name, args: JSON.parse(call.arguments) }, ...(at === 0 ? { thoughtSignature: SIGNATURE } : {}) };
    all.push({ whole: part, pieces: [part] });
  }
  return all;
}

function contentsProblem(contents) {
  if (!Array.isArray(contents) || contents.length === 0) {
    return 'contents is not specified';
  }
  for (const [at, content] of contents.entries()) {
    if (content.role !== undefined && !['user', 'model', 'function'].includes(content.role)) {
      return `Please use a valid role: user, model (contents[${at}]).`;
    }
    if (!Array.isArray(content.parts) || content.parts.length === 0 || content.parts.some(it => Object.keys(it).length === 0)) {
      return `contents[${at}].parts must not be empty`;
    }
    const calls = content.parts.filter(it => it.functionCall);
    if (calls.length > 0) {
      const answers = (contents[at + 1]?.parts ?? []).filter(it => it.functionResponse);
      if (answers.length !== calls.length) {
        return 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.';
      }
      if (![SIGNATURE, SKIP].includes(calls[0].thoughtSignature)) {
        return `Function call ${calls[0].functionCall.name} in contents[${at}] is missing a thought_signature.`;
      }
    }
    if (content.parts.some(it => it.thoughtSignature && ![SIGNATURE, SKIP].includes(it.thoughtSignature))) {
      return 'Corrupted thought signature.';
    }
    const bad = content.parts.find(it => it.functionResponse && (typeof it.functionResponse.response !== 'object' || Array.isArray(it.functionResponse.response)));
    if (bad) {
      return 'function_response.response must be an object';
    }
  }
  return null;
}

function unknownKeyword(schema) {
  if (schema === null || typeof schema !== 'object') {
    return null;
  }
  for (const [name, value] of Object.entries(schema)) {
    if (NO_SCHEMA.includes(name)) {
      return name;
    }
    const inner = name === 'properties' ? Object.values(value) : ['items', 'anyOf'].includes(name) ? [value].flat() : [];
    for (const one of inner) {
      const found = unknownKeyword(one);
      if (found) {
        return found;
      }
    }
  }
  return null;
}

const finish = answer => (answer.finish === 'length' ? 'MAX_TOKENS' : 'STOP');

const crlf = event => event.replaceAll('\n', '\r\n');

const usage = it => ({
  promptTokenCount: it.input, cachedContentTokenCount: it.cached, candidatesTokenCount: it.output - it.reasoning,
  ...(it.reasoning > 0 ? { thoughtsTokenCount: it.reasoning } : {}), totalTokenCount: it.input + it.output,
});
