// Gemini CLI, headless.

export const geminiCli = {
  title: 'Gemini CLI',
  protocol: 'gemini',
  folder: 'gemini-cli',
  packages: { '@google/gemini-cli': '0.61.0' },
  binary: 'gemini',

  command: ({ prompt, model }) => ['-p', prompt, '-m', model, '--yolo'],

  environment: ({ url, key }) => ({
    GEMINI_API_KEY: key,
    GOOGLE_GEMINI_BASE_URL: url,
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
    GEMINI_TELEMETRY_ENABLED: 'false',
  }),

  files: () => ({
    '.gemini/settings.json': JSON.stringify({
      general: { disableAutoUpdate: true, disableUpdateNag: true, enableAutoUpdate: false, enableAutoUpdateNotification: false },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
    }),
  }),
};
