import { fileURLToPath } from 'node:url';

/** The top of the app: two folders above the compiled `main`. */
const TOP = new URL('../../', import.meta.url);

/** The package's own description. */
export const PACKAGE_FILE = fileURLToPath(new URL('package.json', TOP));

/** Icons, fonts, scenarios and the demonstration site. */
export const ASSETS_FOLDER = fileURLToPath(new URL('assets/', TOP));

/** The built screens. */
export const RENDERER_FOLDER = fileURLToPath(new URL('out/renderer/', TOP));

/** The built page that checks a bundle in any browser. */
export const VERIFY_PAGE_FILE = fileURLToPath(new URL('out/verify-page/index.html', TOP));
