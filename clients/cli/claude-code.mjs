// Claude Code, headless.

export const claudeCode = {
  title: 'Claude Code',
  protocol: 'anthropic-messages',
  folder: 'claude-code',
  packages: { '@anthropic-ai/claude-code': '2.1.197' },
  binary: 'claude',

  command: ({ prompt, model }) => ['-p', prompt, '--model', model, '--permission-mode', 'acceptEdits', '--allowedTools', 'Write,Bash'],

  environment: ({ url, key, model }) => ({
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_AUTH_TOKEN: key,
    ANTHROPIC_SMALL_FAST_MODEL: model,
    ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_MAX_RETRIES: '0',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
  }),

  files: () => ({}),
};
