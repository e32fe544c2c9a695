/** Builds the gallery of the interface's parts: vite build --config tests/gallery/vite.config.ts. Nothing of it ships. */
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'

export default {
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  build: { outDir: fileURLToPath(new URL('../.out/gallery', import.meta.url)), emptyOutDir: true, assetsInlineLimit: 0 },
}
