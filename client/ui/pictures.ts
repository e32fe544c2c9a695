/** The pictures that ship with the product, by name. As built files: their addresses change with their content, so they may be kept for long. */
const files = import.meta.glob<string>('./pictures/*.svg', { query: '?url', import: 'default', eager: true })

const addresses = Object.fromEntries(Object.entries(files).map(([path, address]) => [path.replace(/^.*\/|\.svg$/g, ''), address]))

/** Where a picture lies; undefined for a name that no picture has. */
export function pictureAddress(name: string): string | undefined {
  return Object.hasOwn(addresses, name) ? addresses[name] : undefined
}

export const PICTURES = Object.keys(addresses).sort()
