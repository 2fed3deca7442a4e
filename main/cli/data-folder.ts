import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the app keeps its vault when nothing else is said: the place that each system has for an app's data. */
export function dataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  switch (platform) {
    case 'win32':
      return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Countersign');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Countersign');
    default:
      return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'countersign');
  }
}
