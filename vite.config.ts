import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
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

/** Compressed twins beside the files, so that the server never compresses while clients are on the line. */
const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  writeBundle({ dir }, bundle) {
    if (dir === undefined) return;
    for (const name of Object.keys(bundle)) {
      if (!/\.(js|css|svg)$/.test(name)) continue;
      const path = join(dir, name);
      const file = readFileSync(path);
      if (file.length < 1024) continue;
      writeFileSync(`${path}.br`, brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
      writeFileSync(`${path}.gz`, gzipSync(file, { level: 9 }));
    }
  },
});

export default defineConfig(({ command }) => {
  // A build started from a test run must not ship React's development code.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    root: 'client',
    plugins: [react(), preloadFonts(), precompress()],
    build: {
      outDir: '../build/client',
      emptyOutDir: true,
      target: 'es2022',
      sourcemap: false,
      // Fonts stay files of their own, so that they can be preloaded and cached for a year.
      assetsInlineLimit: 2048,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 400,
      rolldownOptions: {
        output: {
          codeSplitting: {
            // What every page needs comes in one piece: a dozen requests of a kilobyte cost more than their bytes.
            groups: [
              {
                name: 'base',
                test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|use-sync-external-store|socket\.io-\w+|engine\.io-\w+|@socket\.io\/component-emitter)\/|client\/src\/shared\/(?!i18n\/(ru|en)\/|ui\/(MantineRoot|theme|mantine|modal))|machines\/vocabulary\/time/,
              },
            ],
          },
        },
      },
    },
    server: {
      proxy: {
        '/api': server,
        '/socket.io': { target: server, ws: true },
      },
    },
  };
});
