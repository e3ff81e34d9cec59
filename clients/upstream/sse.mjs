// Server-sent events as text.

export const data = value => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

export const named = value => `event: ${value.type}\n${data(value)}`;

// A text in pieces of a few characters, never inside a surrogate pair.
export function pieces(text, size = 7) {
  const found = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu'));
  return found ?? [];
}
