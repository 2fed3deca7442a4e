import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { closeAsAPerson, eventually, inAppWindow, isRunning } from './opened-window.js';

inAppWindow((shown) => {
  const { app, inPage, open, reports, until } = shown;

  test('the screens are shown from the files alone, with their style', async () => {
    await until(`document.getElementById('title').textContent === 'ready'`);
    expect(await inPage('location.href')).toBe('https://countersign.invalid/');
    expect(await inPage('getComputedStyle(document.body).backgroundColor')).toBe('rgb(1, 2, 3)');
  });

  test('a call goes to its handler and its answer comes back', async () => {
    expect(await inPage(`countersign.call('passphrase.suggest', {})`)).toEqual({ ok: true, value: { words: 'orchard lantern seven kettle' } });
    await inPage(`countersign.call('note.add', { by: 'PAS', text: 'A note – with “quotes”, \\u2028 and 👩‍🏫.' })`);
    expect(app.calls.at(-1)).toEqual(['note.add', { by: 'PAS', text: 'A note – with “quotes”, \u2028 and 👩‍🏫.' }]);
  });

  test('many calls at once each get their own answer', async () => {
    const answers = (await inPage(`Promise.all(Array.from({ length: 200 }, (_, i) => countersign.call(i % 2 ? 'passphrase.suggest' : 'nothing', {}).then((a) => a.ok)))`)) as boolean[];
    expect(answers).toEqual(Array.from({ length: 200 }, (_, i) => i % 2 === 1));
  });

  test('a call that the contract does not know, or whose arguments do not fit, gets a code and a sentence', async () => {
    expect(await inPage(`countersign.call('vault.destroy', {})`)).toMatchObject({ ok: false, code: 'ipc.unknown-call' });
    expect(await inPage(`countersign.call('note.add', { by: 'PAS', text: '' })`)).toMatchObject({ ok: false, code: 'ipc.bad-arguments' });
  });

  test('a call that is too large is refused in the page and never reaches the app', async () => {
    const before = app.calls.length;
    expect(await inPage(`countersign.call('note.add', { by: 'PAS', text: 'x'.repeat(5 * 2 ** 20) })`)).toMatchObject({ ok: false, code: 'ipc.too-large' });
    expect(app.calls.length).toBe(before);
  });

  test('events reach every listener until it stops', async () => {
    await inPage(`window.heard.length = 0; window.other = []; window.stopOther = countersign.listen((name) => { window.other.push(name); }); true`);
    app.emit('progress', { task: 'export', step: 'one', done: 1, total: 2, canCancel: true });
    await until('window.heard.length === 1 && window.other.length === 1');
    await inPage('window.stopOther(); true');
    app.emit('progress', null);
    await until('window.heard.length === 2');
    expect(await inPage('window.heard')).toEqual([['progress', { task: 'export', step: 'one', done: 1, total: 2, canCancel: true }], ['progress', null]]);
    expect(await inPage('window.other')).toEqual(['progress']);
  });

  test('a page that is busy gets the newest frame only, and every other event', async () => {
    await inPage('window.heard.length = 0; true');
    for (let i = 1; i <= 50; i += 1) {
      app.emit('frame', { mediaType: 'image/jpeg', base64: String(i) });
      if (i % 10 === 0) app.emit('entries', { items: [i] });
    }
    await until(`window.heard.some(([name, value]) => name === 'frame' && value.base64 === '50')`);
    const heard = (await inPage('window.heard')) as [string, { base64?: string; items?: number[] }][];
    expect(heard.filter(([name]) => name === 'entries').map(([, value]) => value.items?.[0])).toEqual([10, 20, 30, 40, 50]);
    expect(heard.filter(([name]) => name === 'frame').length).toBeLessThan(50);
  });

  test('no frame from before a halt follows the blank', async () => {
    await inPage('window.heard.length = 0; true');
    for (let i = 1; i <= 20; i += 1) app.emit('frame', { mediaType: 'image/jpeg', base64: String(i) });
    app.emit('blank', {});
    app.emit('progress', null);
    await until(`window.heard.some(([name]) => name === 'progress')`);
    const names = ((await inPage('window.heard')) as [string, unknown][]).map(([name]) => name);
    expect(names.slice(names.indexOf('blank') + 1)).not.toContain('frame');
  });

  test('an error that nobody caught in the page is reported', async () => {
    reports.length = 0;
    await inPage(`setTimeout(() => { throw new Error('something in a screen'); }, 0); new Promise((resolve) => { setTimeout(resolve, 20); })`);
    expect(reports.join()).toContain('something in a screen');
  });

  test('a page that crashes is loaded again', async () => {
    shown.window.session.tell('Page.crash');
    await eventually(() => Promise.resolve(reports.join().includes('crashed')));
    await eventually(async () => (await inPage(`document.getElementById('title')?.textContent ?? ''`).catch(() => '')) === 'ready');
    expect(await inPage(`countersign.call('passphrase.suggest', {}).then((answer) => answer.ok)`)).toBe(true);
  });

  test('a window that a person closes is gone with its processes and its profile', async () => {
    const second = await open();
    const pids = second.process.processIds();
    expect(existsSync(second.process.profilePath)).toBe(true);
    await closeAsAPerson(second);
    await second.closed;
    expect(existsSync(second.process.profilePath)).toBe(false);
    await eventually(() => Promise.resolve(!pids.some(isRunning)));
  });

  test('a browser that is killed is a closed window', async () => {
    const second = await open();
    process.kill(second.process.processId, 'SIGKILL');
    await second.closed;
    expect(existsSync(second.process.profilePath)).toBe(false);
  });

  test('without a start page no window stays open', async () => {
    await expect(open({ files: () => Promise.resolve(null) })).rejects.toMatchObject({ code: 'app.screens-missing' });
  });

  test('without a screen it says so and names what can be run instead', async () => {
    delete process.env['DISPLAY'];
    try {
      await expect(open()).rejects.toMatchObject({ code: 'machine.no-display', sentence: expect.stringContaining('npm run demo') });
    } finally {
      process.env['DISPLAY'] = shown.screen.display;
    }
  });

  test('a screen that is not there gives a coded error', async () => {
    process.env['DISPLAY'] = ':9999';
    try {
      await expect(open()).rejects.toMatchObject({ code: 'machine.window-failed' });
    } finally {
      process.env['DISPLAY'] = shown.screen.display;
    }
  });
});
