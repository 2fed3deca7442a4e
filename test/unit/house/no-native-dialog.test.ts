import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RENDERER = 'renderer';
/** Where nothing of a case is on the screen: before sign-in or beside the list of cases. A window of the system takes the keyboard, and with it STOP. */
const WITHOUT_A_CASE = ['features/register/import-list.tsx', 'features/verify/choose-bundle.tsx'];

test('no screen of an open case asks the system for a file: its window would take the keyboard, and with it STOP', () => {
  const sources = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path)).map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(RENDERER, path), 'utf8') }));
  const asking = sources.filter(({ text }) => /FileTrigger|type=["']file["']|type: 'file'|showOpenFilePicker|showSaveFilePicker|showDirectoryPicker/.test(text)).map(({ path }) => path);
  expect(asking).toEqual(['ui/file-drop.tsx']);
  expect(sources.filter(({ text }) => text.includes("ui/file-drop.js'")).map(({ path }) => path).sort()).toEqual(WITHOUT_A_CASE);
});
