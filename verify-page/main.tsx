import './no-code-from-text.js';
import { createRoot } from 'react-dom/client';
import '../renderer/tokens.css';
import './page.css';
import { missingFeatures } from './features.js';
import { Page } from './page.js';

const place = document.querySelector('#root');
if (place !== null) {
  const missing = missingFeatures();
  createRoot(place).render(missing === null ? <Page /> : <main className="sheet"><h1>This browser cannot check the bundle</h1><p>{missing}</p></main>);
}
