import '@fontsource/atkinson-hyperlegible-next/400.css';
import '@fontsource/atkinson-hyperlegible-next/600.css';
import '@fontsource/atkinson-hyperlegible-next/700.css';
import '@fontsource/atkinson-hyperlegible-mono/400.css';
import '@fontsource/atkinson-hyperlegible-mono/600.css';
import './tokens.css';
import './ui/base.css';
import './ui/buttons.css';
import './ui/fields.css';
import './ui/menus.css';
import './ui/choices.css';
import './ui/messages.css';
import './ui/progress.css';
import './ui/people.css';
import './ui/tabs.css';
import './ui/page.css';
import './ui/panel.css';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { App } from './app.js';
import { hasHost } from './client.js';
import { connect } from './store.js';

const root = document.getElementById('root');
if (root !== null) {
  if (hasHost) {
    connect();
    createRoot(root).render(<I18nProvider locale="en-GB"><App /></I18nProvider>);
  } else {
    root.textContent = 'These screens belong to Countersign. Start the app to use them.';
  }
}
