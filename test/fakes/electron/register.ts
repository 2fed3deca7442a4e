import { register } from 'node:module';

/* For `node --import`: puts the double in the place of the module `electron/main`, outside a test runner. */
register(new URL('./resolve.js', import.meta.url));
