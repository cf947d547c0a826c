import '@fontsource-variable/source-code-pro';
import '@fontsource-variable/source-sans-3';
import '@fontsource-variable/source-serif-4';

import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/charts.css';
import './styles/scope.css';
import './styles/overview.css';
import './styles/forest.css';
import './styles/changes.css';
import './styles/claims.css';
import './styles/print.css';

import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { newQueryClient } from './api/queries';
import { App } from './App';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={newQueryClient()}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
