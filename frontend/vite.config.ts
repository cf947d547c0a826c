import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => {
  // `npm run dev` shows the pages on the data of a server that runs beside it.
  const { BASERATE_URL = 'http://127.0.0.1:8080' } = loadEnv(mode, '.', 'BASERATE_');
  return {
    plugins: [react()],
    build: {
      target: 'es2022',
      manifest: true, // scripts/size.mjs reads it
      assetsInlineLimit: 0, // the content security policy allows no data: fonts or scripts
      reportCompressedSize: false,
    },
    server: {
      host: '127.0.0.1',
      proxy: { '/api': BASERATE_URL, '/demo/api': BASERATE_URL, '/docs': BASERATE_URL },
    },
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.{ts,tsx}'],
      setupFiles: 'src/testing/setup.ts',
      restoreMocks: true,
      unstubGlobals: true,
    },
  };
});
