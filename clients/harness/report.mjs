// The results as markdown, printed and put into docs/clients.md between its markers.

import { readFileSync, writeFileSync } from 'node:fs';
import { UPSTREAMS } from './gateway.mjs';

// results: rows of { section, name, version, protocol, cells: { direct?, <upstream>: { state, lane?, wire?, problem? } } }
export function tables(results) {
  const notes = [];
  const note = text => {
    const known = notes.indexOf(text);
    return known >= 0 ? known + 1 : notes.push(text);
  };
  const columns = [['direct', 'without Serai'], ...Object.entries(UPSTREAMS).map(([name, { title }]) => [name, title])];
  const sections = ['CLI', 'SDK'].map(section => {
    const rows = results.filter(it => it.section === section);
    const head = [section, 'speaks', ...columns.map(([, title]) => title)];
    const body = rows.map(row => [`${row.name} ${row.version}`, row.protocol, ...columns.map(([name]) => cell(row.cells[name], note))]);
    return rows.length === 0 ? '' : [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
  });
  const legend = notes.map((text, at) => `${at + 1}. ${text}`).join('\n');
  return `${[...sections, legend].filter(Boolean).join('\n\n')}\n`;
}

function cell(result, note) {
  if (!result) {
    return '';
  }
  switch (result.state) {
    case 'passed':
      return result.lane + (result.wire ? ` (${note(`The upstream was asked in ${result.wire}.`)})` : '');
    case 'failed':
      return `**fails** (${note(result.problem)})`;
    default:
      return `not run (${note(result.problem)})`;
  }
}

const line = cells => `| ${cells.join(' | ')} |`;

export function write(document, text) {
  const page = readFileSync(document, 'utf8');
  const marked = /(<!-- clients:begin -->\n)[\s\S]*(<!-- clients:end -->)/;
  if (!marked.test(page)) {
    throw new Error(`${document} has no markers`);
  }
  writeFileSync(document, page.replace(marked, (all, begin, end) => `${begin}${text}${end}`));
}
