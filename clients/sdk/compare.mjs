// Whether what an SDK accumulated is what the upstream was scripted to say.

import { isDeepStrictEqual } from 'node:util';
import { PLAYS } from '../upstream/script.mjs';

// All plays, streamed and whole. Returns the differences, in words.
export async function differences(sdk, place) {
  const found = [];
  for (const [play, make] of Object.entries(PLAYS)) {
    for (const stream of [true, false]) {
      const said = expected(make());
      const where = `${play} ${stream ? 'streamed' : 'whole'}`;
      try {
        const heard = await sdk.call({ ...place, model: place.kind === 'direct' ? play : `${play}-${place.kind}`, stream, thinks: !!said.reasoning, tools: said.calls.length > 0 });
        for (const member of Object.keys(said)) {
          if (!isDeepStrictEqual(heard[member], said[member])) {
            found.push(`${where}: ${member} is ${JSON.stringify(heard[member])}, said was ${JSON.stringify(said[member])}`);
          }
        }
      } catch (failure) {
        found.push(`${where}: ${failure.constructor.name}: ${String(failure.message).slice(0, 300)}`);
      }
    }
  }
  return found;
}

const expected = answer => ({
  text: answer.text.join(''), reasoning: answer.reasoning ?? '', finish: answer.finish,
  calls: answer.calls.map(it => ({ name: it.name, args: JSON.parse(it.arguments) })), usage: answer.usage,
});
