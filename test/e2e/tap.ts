#!/usr/bin/env node
/* What Playwright starts in place of a browser: its end of the tap in `tapped-browser.ts`. */
import { createReadStream, createWriteStream } from 'node:fs';
import { connect } from 'node:net';

const socket = connect(process.env['COUNTERSIGN_TAP'] ?? '');
createReadStream('', { fd: 3 }).pipe(socket);
socket.pipe(createWriteStream('', { fd: 4 }));
socket.on('close', () => process.exit(0));
socket.on('error', () => process.exit(1));
