import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.FOVEA_URL ?? 'http://127.0.0.1:8799';

export default defineConfig({
  // Relative addresses, so that the console also works behind a proxy that puts it under a path.
  base: './',
  plugins: [react()],
  server: { port: 5173, proxy: { '/v1': server } },
  // A limit for what hangs, not for what is slow.
  test: { testTimeout: 120_000 },
  build: {
    outDir: 'target/classes/META-INF/resources',
    emptyOutDir: true,
    // No inlined assets: a content security policy without data: and without inline scripts must do.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
});
