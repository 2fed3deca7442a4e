import type { ResolveHook } from 'node:module';

/** Node's own hook (module.register): `electron/main` is the double beside this file, all else is as it was. */
export const resolve: ResolveHook = (specifier, context, next) => (specifier === 'electron/main' ? { url: new URL('./main.js', import.meta.url).href, shortCircuit: true } : next(specifier, context));
