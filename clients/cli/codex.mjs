// Codex CLI, headless.

export const codex = {
  title: 'Codex CLI',
  protocol: 'openai-responses',
  folder: 'codex',
  packages: { '@openai/codex': '0.169.0' },
  binary: 'codex',

  command: ({ prompt, model, project }) => [
    'exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', '-C', project, '-m', model, prompt,
  ],

  environment: ({ key, home }) => ({ CODEX_HOME: `${home}/.codex`, SCRIPTED_KEY: key }),

  files: ({ url }) => ({
    '.codex/config.toml': `
model_provider = "gateway"
check_for_update_on_startup = false
[analytics]
enabled = false
[feedback]
enabled = false
[model_providers.gateway]
name = "gateway"
base_url = "${url}/v1"
env_key = "SCRIPTED_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
`,
  }),
};
