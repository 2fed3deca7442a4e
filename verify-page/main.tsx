import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import '../renderer/tokens.css';
import './page.css';
import { missingFeatures } from './features.js';
import { Page } from './page.js';

// The page's policy forbids code made from text, which zod would try.
config({ jitless: true });

const place = document.querySelector('#root');
if (place !== null) {
  const missing = missingFeatures();
  createRoot(place).render(missing === null ? <Page /> : <main className="sheet"><h1>This browser cannot check the bundle</h1><p>{missing}</p></main>);
}
