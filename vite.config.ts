import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where the server listens in development; the page asks this origin for everything that is not a file. */
const server = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`;

/** The first line is said from these fonts: they are asked for together with the script, not after the styles. */
const preloadFonts = (): Plugin => ({
  name: 'preload-fonts',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, context) =>
      Object.keys(context.bundle ?? {})
        .filter((file) => file.endsWith('.woff2'))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: '' },
          injectTo: 'head-prepend' as const,
        })),
  },
});

export default defineConfig({
  root: 'client',
  plugins: [react(), preloadFonts()],
  build: {
    outDir: '../build/client',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Fonts stay files of their own, so that they can be preloaded and cached for a year.
    assetsInlineLimit: 2048,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
  },
  server: {
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
    },
  },
});
