import { config } from 'zod';

/* The page's policy forbids code made from text. Zod tries whether it may when the first schema is made, and a browser writes that down as a fault of
 * the page: so this is said before any other module is read. */
config({ jitless: true });
