/** The three pages and their files, under a policy that lets nothing in from elsewhere. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import helmet from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** Paths that are a page; what stands behind them is for the page's own script. */
const PAGES: Record<string, readonly string[]> = {
  'index.html': ['/'],
  'host.html': ['/host', '/host/*', '/f'],
  'screen.html': ['/screen', '/screen/*'],
}

export async function pageRoutes(app: FastifyInstance, clientDir: string, production: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        // WebSockets of the same host: browsers before 2022 don't count ws: as 'self'.
        connectSrc: ["'self'", 'ws:', 'wss:'],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // Below, and only where the page came by TLS.
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    originAgentCluster: false,
    xFrameOptions: { action: 'deny' },
  })
  app.addHook('onSend', async (request, reply) => {
    void reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
    if (request.protocol === 'https') void reply.header('strict-transport-security', `max-age=${YEAR_SECONDS}; includeSubDomains`)
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store')
  })
  await app.register(fastifyStatic, {
    root: clientDir,
    serve: true,
    index: false,
    wildcard: !production,
    // The build left a gzipped twin beside every script and style.
    preCompressed: true,
    // Built files carry their hash in their name, so they never change; anything else is asked for again.
    setHeaders: (reply, path) => {
      void reply.header('cache-control', path.includes('/assets/') ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
    },
  })
  for (const [file, paths] of Object.entries(PAGES)) {
    for (const path of paths) {
      app.get(path, { schema: { hide: true } }, async (_request, reply) => page(reply, join(clientDir, file)))
    }
  }
  app.get('/robots.txt', { schema: { hide: true } }, async (_request, reply) => reply.type('text/plain').send('User-agent: *\nDisallow: /\n'))
}

const YEAR_SECONDS = 365 * 24 * 3600

async function page(reply: FastifyReply, file: string): Promise<FastifyReply> {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(await readFile(file))
}
