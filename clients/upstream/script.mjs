// What the scripted upstream answers. The end of the upstream's model name chooses the play, the request decides the step, so
// nothing is remembered between requests.
//
// An answer: { id, reasoning?, text: [piece…], calls: [{ id, name, arguments }], finish, usage }
// with finish stop | length | tool_calls and usage { input, cached, output, reasoning }.

export const CONTENT = 'written through the gateway';
export const FINAL = 'The file is there: SERAI-DONE-4711.';

export const taskFor = path => `Create a file. path=${path} content=${CONTENT}`;

const TASK = /Create a file\. path=(\S+) content=([A-Za-z ]+)/g;

const USAGE = { input: 210, cached: 80, output: 34, reasoning: 0 };

// One play for each thing that a client's accumulation can get wrong.
export const PLAYS = {
  'play-text': () => ({
    text: ['Grüße aus ', 'Oslo 🙂', ', where it is mild.'], calls: [], finish: 'stop', usage: USAGE,
  }),
  'play-tools': () => ({
    text: ['Let me look ', 'at both cities.'],
    calls: [
      { id: 'call_scripted_1', name: 'weather', arguments: '{"city":"Oslo","days":[1,2]}' },
      { id: 'call_scripted_2', name: 'weather', arguments: '{"city":"São Paulo \\"centro\\"","days":[]}' },
    ],
    finish: 'tool_calls', usage: USAGE,
  }),
  'play-empty-call': () => ({
    text: [], calls: [{ id: 'call_scripted_3', name: 'now', arguments: '{}' }], finish: 'tool_calls', usage: USAGE,
  }),
  'play-length': () => ({ text: ['Once upon a time', ' there was'], calls: [], finish: 'length', usage: USAGE }),
  'play-reasoning': () => ({
    reasoning: 'Two and two are four, as far as anybody knows.', text: ['Four.'], calls: [], finish: 'stop',
    usage: { ...USAGE, reasoning: 12 },
  }),
};

// request: { model, stream, prompts: [text…], results: [{ id, text }], tools: [{ name, schema, freeText }] }
export function answer(request) {
  const play = PLAYS[/play-[a-z-]+$/.exec(request.model)?.[0]];
  const said = play ? play() : task(request);
  return { id: 'scripted1', usage: USAGE, ...said };
}

function task(request) {
  if (request.results.length > 0) {
    return { text: pair(FINAL), calls: [], finish: 'stop' };
  }
  const wanted = request.prompts.flatMap(text => [...text.matchAll(TASK)]).at(-1);
  const call = wanted && fileCall(request.tools, wanted[1], wanted[2].trim());
  if (!call) {
    // a side request: a title, a topic, a summary
    return { text: request.wantsJson ? ['{"title":"A file"}'] : ['A ', 'file'], calls: [], finish: 'stop' };
  }
  return {
    text: ['I will write ', 'the file.'],
    calls: [{ id: 'call_scripted_write', name: call.name, arguments: call.arguments }],
    finish: 'tool_calls',
  };
}

const pair = text => [text.slice(0, 10), text.slice(10)];

const FILE_NAMES = /^(write|write_file|writefile|create_file)$/i;
const SHELL_NAMES = /^(bash|shell|exec_command|run_shell_command|shell_command)$/i;

// A call of the client's own tool that writes the file: one made for it, else its shell.
function fileCall(tools, path, content) {
  const writer = tools.find(tool => FILE_NAMES.test(tool.name) && member(tool, ['file_path', 'filePath', 'path']) && member(tool, ['content']));
  if (writer) {
    return call(writer, { [member(writer, ['file_path', 'filePath', 'path'])]: path, content });
  }
  const shell = tools.find(tool => SHELL_NAMES.test(tool.name) && member(tool, ['command', 'cmd']));
  if (!shell) {
    return null;
  }
  const name = member(shell, ['command', 'cmd']);
  const line = `printf '%s' '${content}' > '${path}'`;
  const asList = shell.schema.properties[name].type === 'array';
  return call(shell, { [name]: asList ? ['sh', '-c', line] : line, ...described(shell) });
}

// Some tools demand a sentence about what the command does.
const described = tool => ((tool.schema.required ?? []).includes('description') ? { description: 'Writes the file' } : {});

const call = (tool, args) => ({ name: tool.name, arguments: JSON.stringify(args) });

const member = (tool, names) => names.find(name => tool.schema?.properties?.[name]);
