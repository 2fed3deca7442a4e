import { expect, test } from '@jest/globals';
import { eventually, inAppWindow } from './opened-window.js';
import { openPorts, socketCount } from './sockets.js';

inAppWindow((shown) => {
  const { app, inPage, reached, reports } = shown;

  test('the content policy is in force: no inline script, no evaluated text', async () => {
    expect(await inPage('document.title')).toBe('Countersign');
    expect(
      await inPage(`new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => { resolve(event.effectiveDirective); }, { once: true });
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.body.append(script);
      })`),
    ).toBe('script-src-elem');
    expect(await inPage('typeof window.injected')).toBe('undefined');
    expect(reports.some((report) => report.includes('Content Security Policy'))).toBe(true);
  });

  test('nothing in the page reaches the network', async () => {
    reached.length = 0;
    await expect(inPage(`fetch('http://${shown.address}/fetch')`)).rejects.toThrow('Failed to fetch');
    expect(await inPage(`new Promise((resolve) => { const image = new Image(); image.onload = () => resolve('loaded'); image.onerror = () => resolve('failed'); image.src = 'http://${shown.address}/image'; })`)).toBe('failed');
    expect(await inPage(`new Promise((resolve) => { const socket = new WebSocket('ws://${shown.address}/socket'); socket.onopen = () => resolve('open'); socket.onerror = () => resolve('failed'); })`)).toBe('failed');
    expect(await inPage(`navigator.sendBeacon('http://${shown.address}/beacon', 'x') && true`)).toBeDefined();
    expect(reached).toEqual([]);
  });

  test('a page without the content policy would still reach nothing', async () => {
    reached.length = 0;
    // DevTools can switch the policy off, which leaves the interception and the resolver to hold.
    await shown.window.session.send('Page.setBypassCSP', { enabled: true });
    await reload();
    await expect(inPage(`fetch('http://${shown.address}/fetch', { mode: 'no-cors' })`)).rejects.toThrow('Failed to fetch');
    expect(await inPage(`new Promise((resolve) => { const socket = new WebSocket('ws://${shown.address}/socket'); socket.onopen = () => resolve('open'); socket.onerror = () => resolve('failed'); })`)).toBe('failed');
    await shown.window.session.send('Page.setBypassCSP', { enabled: false });
    await reload();
    expect(reached).toEqual([]);
  });

  async function reload(): Promise<void> {
    await inPage('window.old = true');
    await shown.window.session.send('Page.reload');
    await eventually(() => inPage(`window.old === undefined && document.getElementById('title')?.textContent === 'ready'`).catch(() => false));
  }

  test('a new window is refused', async () => {
    expect(await inPage(`String(window.open('https://example.org/'))`)).toBe('null');
    expect(await inPage(`String(window.open('about:blank'))`)).toBe('null');
    const { targetInfos } = await shown.window.connection.root.send('Target.getTargets');
    expect(targetInfos.filter((target) => target.type === 'page').map((target) => target.url)).toEqual(['https://countersign.invalid/']);
  });

  test('a window that comes up in another way is closed', async () => {
    reports.length = 0;
    await shown.window.connection.root.send('Target.createTarget', { url: 'about:blank' });
    await eventually(async () => (await shown.window.connection.root.send('Target.getTargets')).targetInfos.filter((target) => target.type === 'page').length === 1);
    expect(reports.join()).toContain('a second window was refused');
  });

  test('an address outside the screens cannot be opened, and the window comes back', async () => {
    reached.length = 0;
    for (const url of [`http://${shown.address}/away`, 'chrome://version', 'data:text/html,away']) {
      await inPage('window.old = true');
      await shown.window.session.send('Page.navigate', { url });
      await eventually(() => inPage(`window.old === undefined && location.href === 'https://countersign.invalid/' && document.getElementById('title')?.textContent === 'ready'`).catch(() => false));
    }
    expect(reached).toEqual([]);
    expect(await inPage(`countersign.call('passphrase.suggest', {}).then((answer) => answer.ok)`)).toBe(true);
  });

  test('every permission is denied without asking', async () => {
    for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read']) {
      expect(await inPage(`navigator.permissions.query({ name: '${name}' }).then((status) => status.state)`)).toBe('denied');
    }
  });

  test('the page of another frame has no bridge', async () => {
    const found = await inPage(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>frame</p>';
      frame.onload = () => { resolve([typeof frame.contentWindow.countersign, Object.getOwnPropertyNames(frame.contentWindow).filter((name) => /^(call|deliver)[0-9a-f]/.test(name))]); };
      document.body.append(frame);
    })`);
    expect(found).toEqual(['undefined', []]);
  });

  test('a call forged from another script world is refused, and reported', async () => {
    const { frameTree } = await shown.window.session.send('Page.getFrameTree');
    const { executionContextId } = await shown.window.session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'forger' });
    // The page's own world has lost the binding by now; every other world is handed it.
    const { result } = await shown.window.session.send('Runtime.evaluate', {
      contextId: executionContextId,
      returnByValue: true,
      expression: `Object.getOwnPropertyNames(globalThis).filter((name) => /^call[0-9a-f]{32}$/.test(name))`,
    });
    const [binding] = result.value as string[];
    expect(binding).toBeDefined();
    reports.length = 0;
    const before = app.calls.length;
    await shown.window.session.send('Runtime.evaluate', { contextId: executionContextId, expression: `${binding ?? ''}(JSON.stringify({ id: 1, name: 'sign-out', input: {} }))` });
    await inPage(`countersign.call('passphrase.suggest', {})`);
    expect(app.calls.slice(before).map(([name]) => name)).toEqual(['passphrase.suggest']);
    expect(reports.join()).toContain('a call that did not come from the screens was refused');
  });

  test('no process of the window listens on a port', () => {
    const pids = shown.window.process.processIds();
    expect(pids.length).toBeGreaterThan(2);
    expect(socketCount(pids)).toBeGreaterThan(0);
    expect(openPorts(pids)).toEqual([]);
  });
});
