#!/usr/bin/env node
/* What Playwright starts in place of a browser: its end of the tap in `tapped-browser.ts`. */
import { connect, Socket } from 'node:net';

// Sockets, not file streams: a read that blocks a thread would keep this process from ending.
const fromTest = new Socket({ fd: 3, readable: true, writable: false });
const toTest = new Socket({ fd: 4, readable: false, writable: true });
const app = connect(process.env['COUNTERSIGN_TAP'] ?? '');
fromTest.pipe(app);
app.pipe(toTest);
app.on('close', () => process.exit(0));
app.on('error', () => process.exit(1));
