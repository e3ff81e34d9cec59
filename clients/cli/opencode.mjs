// opencode, headless, through each of the AI SDK's providers.

const opencode = (way, protocol, npm, path) => ({
  title: `opencode (${way})`,
  protocol,
  folder: 'opencode',
  packages: { 'opencode-ai': '1.18.33' },
  binary: 'opencode',

  command: ({ prompt, model }) => ['run', '-m', `gateway/${model}`, prompt],

  environment: () => ({
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
  }),

  files: ({ url, key, model }) => ({
    '.config/opencode/opencode.json': JSON.stringify({
      autoupdate: false,
      share: 'disabled',
      permission: { '*': 'allow', edit: 'allow', bash: 'allow', external_directory: 'allow' },
      provider: {
        gateway: {
          npm, name: 'gateway', options: { baseURL: `${url}${path}`, apiKey: key },
          models: { [model]: { name: model, tool_call: true, limit: { context: 100000, output: 8000 } } },
        },
      },
    }),
  }),
});

export const opencodes = [
  opencode('chat', 'openai-chat', '@ai-sdk/openai-compatible', '/v1'),
  opencode('anthropic', 'anthropic-messages', '@ai-sdk/anthropic', '/v1'),
  opencode('responses', 'openai-responses', '@ai-sdk/openai', '/v1'),
  opencode('google', 'gemini', '@ai-sdk/google', '/v1beta'),
];
