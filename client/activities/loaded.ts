/** A surface of a kind, fetched when it is needed: what the registries hold. */
import type { Component } from 'svelte'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each component's props are those of its own kind
export type Loaded = Promise<{ default: Component<any> }>
