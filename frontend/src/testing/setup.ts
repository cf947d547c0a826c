import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

configure({ getElementError: (message) => new Error(message?.split('\n\n')[0]) });

afterEach(() => {
  cleanup();
  localStorage.clear();
});
