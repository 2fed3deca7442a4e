#!/usr/bin/env node
/* The command `countersign`. In a clone that was never built it sets up first; paths in the arguments stay relative to where it was typed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './run.js';
import { orExit, root, setUp } from './setup.js';

const cli = join(root, 'out', 'main', 'cli', 'main.js');

await orExit(async () => {
  if (!existsSync(cli)) await setUp('none');
  return runNode([cli, ...process.argv.slice(2)], {}, process.cwd());
});
