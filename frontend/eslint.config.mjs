import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const globalNames = Object.fromEntries(
  [
    'document',
    'globalThis',
    'innerWidth',
    'innerHeight',
    'fetch',
    'process',
    'console',
    'URL',
    'URLSearchParams',
    'AbortSignal',
    'Buffer',
    'PerformanceObserver',
    'InputEvent',
    'KeyboardEvent',
    'navigator',
  ].map((name) => [name, 'readonly']),
);

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.gen.ts'] },
  ...tseslint.configs.recommended,
  reactHooks.configs.flat['recommended-latest'] ?? reactHooks.configs['recommended-latest'],
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', 350],
      'max-lines-per-function': ['error', 80],
    },
  },
  { files: ['src/**'], rules: { 'no-console': 'error' } },
  // Nothing else says of a file without types that it uses a name it does not have.
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: globalNames },
    rules: { 'no-undef': 'error' },
  },
);
